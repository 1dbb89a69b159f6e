namespace ML.TextToModel.Datasets;

/// <summary>How a delimited file separates and quotes its fields.</summary>
/// <param name="Delimiter">The character between fields; <see cref="None"/> in a file of one column.</param>
/// <param name="Quoted">Whether a field may stand in double quotes.</param>
internal readonly record struct DelimitedStyle(char Delimiter, bool Quoted)
{
    /// <summary>The line end cannot separate fields, so it stands for "nothing does".</summary>
    public const char None = '\n';

    // In the order of preference where two fit equally well: commas occur in texts and numbers most often.
    private static readonly char[] Candidates = ['\t', ';', '|', ','];

    /// <summary>
    /// Reads the sample in every style and takes the one in which most rows have the same number of fields, at least
    /// two. Quoting is preferred where it makes no difference.
    /// </summary>
    public static DelimitedStyle Detect(TextInput text, TableOptions options, string extension)
    {
        char[] delimiters = options.Delimiter is char given ? [given]
            : extension is ".tsv" or ".tab" && text.Sample.Contains('\t') ? ['\t']
            : Candidates;
        bool[] quotings = options.Quoted is bool quoted ? [quoted] : text.Sample.Contains('"') ? [true, false] : [true];

        DelimitedStyle best = default;
        double bestShare = 0;
        foreach (char delimiter in delimiters)
        {
            foreach (bool quoting in quotings)
            {
                var style = new DelimitedStyle(delimiter, quoting);
                double share = style.Consistency(text, leastFields: options.Delimiter is null ? 2 : 1);
                if (share > bestShare) (best, bestShare) = (style, share);
            }
        }
        if (bestShare > 0.5) return best;
        if (options.Delimiter is char asked) return new(asked, quotings[0]);
        if (extension is ".csv" && text.Sample.Contains(',')) return new(',', quotings[0]);
        bool oneColumnQuoted = quotings.Length == 1
            ? quotings[0] : new DelimitedStyle(None, Quoted: true).Consistency(text, leastFields: 1) == 1;
        return new(None, oneColumnQuoted);
    }

    /// <summary>The share of rows with the most frequent number of fields; 0 if that is too small.</summary>
    private double Consistency(TextInput text, int leastFields)
    {
        var counts = new List<int>();
        using (var source = new DelimitedSource(new(new StringReader(text.Sample.ToString()), text.File), this))
        {
            var row = new TableRow();
            while (source.Read(row)) counts.Add(row.Error is null ? row.Count : 0);
        }
        if (!text.SampleIsAll && counts.Count > 1) counts.RemoveAt(counts.Count - 1);   // cut in the middle
        int width = DelimitedSource.UsualWidth(counts);
        return width < leastFields ? 0 : counts.Count(count => count == width) / (double)counts.Count;
    }
}
