using System.Globalization;
using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Audits;

/// <summary>Says in words what a report shows.</summary>
public static class AuditVerdict
{
    private const double PointsOfFollowing = 0.05, Clear = 2;   // standard errors

    /// <summary>A few sentences.</summary>
    public static string Of(AuditReport report)
    {
        List<string> sentences = [Prompt(report.Of(AuditMethod.ShuffledPrompt)!.Difference)];
        if (report.Zoo is { } zoo)
        {
            sentences.Add(Memory(zoo));
            sentences.Add(Against("the nearest p-model", report.Of(AuditMethod.NearestByClasses)!.Difference));
        }
        sentences.Add(Against("classifier selection", report.Of(AuditMethod.Selection)!.Difference));
        return string.Join(' ', sentences);
    }

    private static string Prompt(SampleMean difference) => -difference.Value >= PointsOfFollowing
        ? $"The classifiers follow their prompt: shuffled class texts cost {Points(-difference.Value)} points."
        : $"The classifiers hardly follow their prompt: shuffled class texts cost {Points(-difference.Value)} points.";

    private static string Memory(ZooComparison zoo)
    {
        string rows = zoo.Rows is { } distances ? $" and {Ratio(distances)} times in class rows" : "";
        return $"They are {Ratio(zoo.Shared)} times as far from the nearest p-model as p-models are from one another "
            + $"in shared tensors{rows}: "
            + (zoo.LooksMemorised ? "they look like copies from the zoo." : "they are no copies from the zoo.");
    }

    private static string Against(string other, SampleMean difference)
    {
        string margin = $"({Signed(-difference.Value)} ± {Points(difference.StandardError)} points).";
        if (Math.Abs(difference.Value) < Clear * difference.StandardError || difference.Value == 0)
            return $"They are as accurate as {other} {margin}";
        return difference.Value < 0 ? $"They beat {other} {margin}" : $"They do worse than {other} {margin}";
    }

    private static string Ratio(NearestDistances distances) => Format(distances.Ratio, "F2");

    private static string Points(double share) => Format(100 * share, "F1");

    private static string Signed(double share) => Format(100 * share, "+0.0;-0.0;0.0");

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
