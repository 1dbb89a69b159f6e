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
                $"  {method,-46} {f.Accuracy.Mean:F4} ± {f.Accuracy.Error:F4} {f.Auc.Mean:F4} ± {f.Auc.Error:F4} "
                + $"{f.FitSeconds,8:G3} {f.PredictMicroseconds,8:F2}  {chosen}".TrimEnd());
        }
        return text.ToString().TrimEnd();
    }
}
