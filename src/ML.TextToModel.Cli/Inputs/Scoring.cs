using ML.TextToModel.Cli.Output;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>The figures of a classifier on some rows, and the rows that could not be scored.</summary>
internal sealed record Scores(ClassificationMetrics Metrics, double? Auc, IReadOnlyList<SkipReason> Skips)
{
    public long Skipped => Skips.Sum(skip => skip.Rows);
}

/// <summary>Scores a classifier on labelled rows.</summary>
internal static class Scoring
{
    private const string UnknownLabel = "the label is none of the model's classes";

    /// <exception cref="ModelInputException">Not one row could be scored.</exception>
    public static Scores Score(FittedClassifier model, RowSource rows, string name, Session session)
    {
        Dictionary<string, int> classes = model.Classes.Select((label, index) => (label, index)).ToDictionary();
        var metrics = new ClassificationMetrics(classes.Count);
        var skips = new Dictionary<string, SkipReason>();
        float[] probabilities = new float[classes.Count];
        while (rows.Read())
        {
            session.Cancel.ThrowIfCancellationRequested();
            if (session.Progress.IsDue) session.Progress.Show($"scoring  row {metrics.Rows:N0}");
            if (rows.Error is null && rows.Label is null) Skip("no label", "");
            else if (rows.Label is { } label && !classes.ContainsKey(label)) Skip(UnknownLabel, $"'{label}'");
            else if (!rows.TryPredict(model, probabilities)) Skip("the row cannot be used", rows.Error!);
            else metrics.Add(classes[rows.Label!], probabilities);
        }
        if (metrics.Rows > 0) return new Scores(metrics, metrics.Auc(session.Cancel), [.. skips.Values]);
        throw new ModelInputException(skips.Count == 0
            ? $"{name} holds no rows."
            : $"{name}: not one row could be scored. " +
              string.Join(' ', skips.Values.Select(skip => $"{skip.Rows} rows: {skip.Reason} ({skip.First}).")) +
              $" The model's classes are {Tables.Some(model.Classes)}.");

        void Skip(string reason, string detail)
        {
            skips.TryGetValue(reason, out SkipReason? sofar);
            string first = sofar?.First ?? (detail.Length > 0 ? $"{rows.Place}: {detail}" : rows.Place);
            skips[reason] = new SkipReason(reason, (sofar?.Rows ?? 0) + 1, first);
        }
    }
}
