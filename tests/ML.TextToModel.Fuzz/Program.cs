using ML.TextToModel.Fuzz;

FuzzOptions options;
try
{
    options = FuzzOptions.Parse(args);
}
catch (Exception e) when (e is FormatException or OverflowException)
{
    Console.Error.WriteLine($"{e.Message}\n\n{FuzzOptions.Usage}");
    return 2;
}

IReadOnlyList<IFuzzTarget> targets = options.Select(FuzzTargets.All);
if (targets.Count == 0)
{
    string known = string.Join(", ", FuzzTargets.All.Select(target => target.Name));
    Console.Error.WriteLine($"There is no reader {options.Reader}; there are {known}.");
    return 2;
}

Directory.CreateDirectory(options.Artifacts);
string breadcrumbPath = Path.Combine(options.Artifacts, "current-input.txt");
if (Breadcrumb.Find(breadcrumbPath) is string last)
    Console.WriteLine($"The last run did not come to its end. Repeat: {last}");

int failures = 0;
using (var breadcrumb = new Breadcrumb(breadcrumbPath))
{
    var runner = new FuzzRunner(new FuzzLimits(), breadcrumb);
    foreach (IFuzzTarget target in targets)
    {
        FuzzReport report = runner.Run(target, options.Plan(targets.Count));
        Console.WriteLine(report);
        if (report.Failure is not FuzzFailure failure) continue;
        failures++;
        Console.WriteLine($"  FAILED at input {failure.Iteration}: {target.Name} {failure.Reason}");
        Console.WriteLine($"  Kept in {FailureFiles.Save(options.Artifacts, failure)}.");
        Console.WriteLine($"  Repeat: {Breadcrumb.Options(target.Name, failure.Seed, failure.Iteration)}");
    }
}
return failures == 0 ? 0 : 1;
