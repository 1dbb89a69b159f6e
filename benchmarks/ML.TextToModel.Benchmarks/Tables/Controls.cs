using ML.TextToModel.Generators;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>
/// Whether the generated start is worth anything: the same refinement, ensemble, choice and time from random starts,
/// with the linear candidate and without.
/// </summary>
internal static class Controls
{
    public static IEnumerable<BenchmarkRow> Run(TableStudy study)
    {
        GeneratorMethods generators = study.Generators;
        if (study.Generator is null)
        {
            yield return BenchmarkRow.Absent("controls", "share", generators.Default.Absent!);
            yield break;
        }
        TableMethod[] with = [.. generators.Controls(GeneratorMethods.Refined)];
        TableMethod[] without = [.. generators.Controls(GeneratorMethods.NoLinear)];
        foreach (BenchmarkRow row in study.Compare(
            [generators.Default, .. with, generators.WithoutLinear, .. without]))
            yield return row;
        foreach (BenchmarkRow row in Against(study, generators.Default, with)) yield return row;
        foreach (BenchmarkRow row in Against(study, generators.WithoutLinear, without)) yield return row;
    }

    private static IEnumerable<BenchmarkRow> Against(TableStudy study, TableMethod method, TableMethod[] controls)
    {
        if (study.TryMean(method, out _) is not { } own) yield break;
        foreach (TableMethod control in controls)
        {
            MethodSummary other = study.TryMean(control, out _)!;
            yield return new BenchmarkRow(
                $"{method.Name}, mean AUC / {control.Name}", own.Auc.Mean, "share", other.Auc.Mean,
                Stderr: own.Auc.Error, N: study.Rounds(study.Tables[0]).Count(),
                Detail: $"accuracy {own.Accuracy.Mean:F4} against {other.Accuracy.Mean:F4}").Judge(study.Complete);
        }
    }
}
