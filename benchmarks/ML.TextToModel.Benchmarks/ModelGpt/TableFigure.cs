using System.Globalization;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>What was measured of a table on a split.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Split">The split's name.</param>
/// <param name="Rows">Rows of the whole table.</param>
/// <param name="Learned">Test accuracy of networks generated from wordings of the training.</param>
/// <param name="Unseen">From other wordings.</param>
/// <param name="Other">From the requirement of another table, with this one's columns and classes.</param>
/// <param name="Brief">Generated from an unseen wording and fine-tuned for one pass.</param>
/// <param name="Head">Class rows alone fine-tuned, from zero, on the frozen layers of the generated one.</param>
/// <param name="LowRank">The same with an adapter of low rank before them.</param>
/// <param name="Full">Fully fine-tuned from random parameters.</param>
/// <param name="HeadSeconds">Time of fine-tuning class rows, with the choice of settings.</param>
/// <param name="LowRankSeconds">The same with the adapter.</param>
/// <param name="GenerateSeconds">Time from words to the classifier.</param>
/// <param name="BriefSeconds">The same with the pass of fine-tuning.</param>
/// <param name="SameSeconds">
/// Time of fine-tuning until it is as accurate on validation rows as the generated one; null if it never was.
/// </param>
/// <param name="FullSeconds">Time of full fine-tuning, with the choice of settings.</param>
internal sealed record TableFigure(
    string Table, string Split, int Rows, double Learned, double Unseen, double Other, double Brief,
    double Head, double LowRank, double Full, double HeadSeconds, double LowRankSeconds, double GenerateSeconds,
    double BriefSeconds, double? SameSeconds, double FullSeconds)
{
    /// <summary>
    /// Seconds of fine-tuning to the same accuracy for one of generation; where it is never reached, those of the whole
    /// fine-tuning count, which is less than it would take.
    /// </summary>
    public double Ratio => (SameSeconds ?? FullSeconds) / GenerateSeconds;

    /// <summary>The means of some; of seconds to the same accuracy, with whole trainings where never reached.</summary>
    public static TableFigure Mean(IReadOnlyList<TableFigure> figures)
    {
        string[] names = [.. figures.Select(figure => figure.Table).Distinct()];
        return new(
            names.Length == 1 ? names[0] : "mean", "", (int)figures.Average(f => f.Rows),
            figures.Average(f => f.Learned), figures.Average(f => f.Unseen), figures.Average(f => f.Other),
            figures.Average(f => f.Brief), figures.Average(f => f.Head), figures.Average(f => f.LowRank),
            figures.Average(f => f.Full), figures.Average(f => f.HeadSeconds), figures.Average(f => f.LowRankSeconds),
            figures.Average(f => f.GenerateSeconds),
            figures.Average(f => f.BriefSeconds), figures.Average(f => f.SameSeconds ?? f.FullSeconds),
            figures.Average(f => f.FullSeconds));
    }

    /// <summary>One line of the table for readers.</summary>
    public string Line() => string.Create(CultureInfo.InvariantCulture,
        $"{Table,-16}{Learned,9:F4}{Unseen,9:F4}{Other,9:F4}{Brief,9:F4}{Head,9:F4}{LowRank,9:F4}{Full,9:F4}"
        + $"{GenerateSeconds * 1e3,11:F3}{BriefSeconds,9:F4}{HeadSeconds,9:F3}{LowRankSeconds,9:F3}{SameSeconds,9:F4}"
        + $"{FullSeconds,9:F3}{Ratio,8:F0}");
}
