using System.Diagnostics;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>From class texts to weights, and how many times longer fine-tuning for ten epochs takes.</summary>
internal static class GenerationTime
{
    private const int Calls = 51, TunedTasks = 5;
    private const double MaxMilliseconds = 50, LeastRatio = 200, WarmUpSeconds = 3;   // until all is compiled
    private const string PeerCheck = "PyTorch's fine-tuning for 10 epochs / generation";

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        double Generate(int call)
        {
            long start = Stopwatch.GetTimestamp();
            study.Generate(study.Tasks[call % study.Tasks.Length]);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Stopwatch warmUp = Stopwatch.StartNew();
        for (int call = 0; warmUp.Elapsed.TotalSeconds < WarmUpSeconds; call++) Generate(call);
        double[] seconds = [.. Enumerable.Range(0, Calls).Select(Generate)];
        double median = seconds.Order().ElementAt(Calls / 2);
        yield return new BenchmarkRow(
            "class texts to weights, median", 1000 * median, "ms", MaxMilliseconds, "lower", N: Calls).Judge();

        TrainingOptions options = new() { Epochs = 10, BatchSize = 64, Rate = 1e-2f };
        CnnSpec spec = new() { Classes = TinaStudy.TaskSize };
        double[] tuned = [.. study.Tasks.Take(TunedTasks).Select(task =>
        {
            ImageExamples images = study.Data.TrainExamples([task], options);
            long start = Stopwatch.GetTimestamp();
            ClassifierTraining training = new(spec, study.Select(task), images, options, seed: 1);
            while (training.Step < training.TotalSteps) training.Advance();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        })];
        yield return new BenchmarkRow(
            "fine-tuning for 10 epochs / generation", tuned.Order().ElementAt(TunedTasks / 2) / median, "×",
            LeastRatio, N: TunedTasks, Detail: $"{tuned.Average():F2} s a task").Judge(study.Complete);
        yield return PyTorch(study, median);
    }

    /// <summary>The same fine-tuning in PyTorch; how good its generic model is does not change its time.</summary>
    private static BenchmarkRow PyTorch(TinaStudy study, double generation)
    {
        if (!study.Complete) return BenchmarkRow.Absent(PeerCheck, "×", "not in a quick run");
        CancellationToken cancel = study.Context.Cancel;
        string weights = Artifacts.Path(study.Context, "generic-one-epoch.pt");
        string[] data = ["--data-root", KnownDatasets.Roots[0], "--threads", $"{ComputeThreads.Count}", "--quiet"];
        string? reply = ChildProcess.Python(
            "torch_cnn.py", cancel, ["generic", "--epochs", "1", "--save", weights, .. data]);
        if (reply is not null)
            reply = ChildProcess.Python(
                "torch_cnn.py", cancel, ["finetune", "--weights", weights, "--tasks", $"{TunedTasks}", .. data]);
        if (reply is null)
            return BenchmarkRow.Absent(PeerCheck, "×", "PyTorch is absent; see benchmarks/peers/README.md");
        double seconds = JsonDocument.Parse(reply).RootElement.GetProperty("rows").EnumerateArray()
            .First(row => row.GetProperty("run").GetString() != "selection").GetProperty("seconds").GetDouble();
        return new BenchmarkRow(
            PeerCheck, seconds / generation, "×", LeastRatio, N: TunedTasks, Detail: $"{seconds:F2} s a task").Judge();
    }
}
