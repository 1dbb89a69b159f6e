using ML.TextToModel;
using ML.TextToModel.Benchmarks;
using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Benchmarks.Images;
using ML.TextToModel.Benchmarks.MLNet;
using ML.TextToModel.Benchmarks.ModelGpt;
using ML.TextToModel.Benchmarks.Refinement;
using ML.TextToModel.Benchmarks.Requirements;
using ML.TextToModel.Benchmarks.Tables;
using ML.TextToModel.Benchmarks.Tina;

// dotnet run -c Release --project benchmarks/ML.TextToModel.Benchmarks -- SUITE [options]
IReadOnlyList<BenchmarkSuite> suites =
[
    EngineSuite.Create(), TablesSuite.Create(), RefinementSuite.Create(), ImagesSuite.Create(), TinaSuite.Create(),
    RequirementsSuite.Create(), ModelGptSuite.Create(), MLNetSuite.Create(),
];

if (!BenchmarkOptions.TryParse(args, suites, out BenchmarkOptions? options, out string? complaint))
{
    Console.Error.WriteLine(complaint);
    Console.Error.WriteLine();
    Console.Error.WriteLine(BenchmarkOptions.Usage(suites));
    return 2;
}
using CancellationTokenSource cancel = new();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    cancel.Cancel();
};
try
{
    return BenchmarkRunner.Run(options, cancel.Token);
}
catch (ModelInputException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
