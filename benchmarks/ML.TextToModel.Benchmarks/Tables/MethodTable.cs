using System.Text;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Methods one below the other, for readers.</summary>
internal static class MethodTable
{
    private const int ChosenWidth = 60;

    public static string Format(string title, IEnumerable<(string Method, MethodSummary Figures)> rows)
    {
        StringBuilder text = new();
        text.AppendLine();
        text.AppendLine(title);
        text.AppendLine($"  {"",-46} {"accuracy",-15} {"AUC",-15} {"fit s",8} {"µs/row",8}  chosen");
        foreach ((string method, MethodSummary f) in rows)
        {
            string chosen = f.Chosen.Length > ChosenWidth ? f.Chosen[..ChosenWidth] + "…" : f.Chosen;
            text.AppendLine(
                $"  {method,-46} {Figure(f.Accuracy),-15} {Figure(f.Auc),-15} "
                + $"{f.FitSeconds,8:G3} {f.PredictMicroseconds,8:F2}  {chosen}".TrimEnd());
        }
        return text.ToString().TrimEnd();
    }

    private static string Figure((double Mean, double? Error) figure) =>
        figure.Error is { } error ? $"{figure.Mean:F4} ± {error:F4}" : $"{figure.Mean:F4}";
}
