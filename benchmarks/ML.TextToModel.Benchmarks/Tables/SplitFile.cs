using System.Globalization;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>
/// A split of a table as CSV: <c>row</c>, zero-based in file order, and <c>part</c>. Rows that are not named take no
/// part.
/// </summary>
internal static class SplitFile
{
    private const string Header = "row,part";

    /// <summary>The rows of the sample in each part, ascending.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sample">The labelled rows; others that the file names are left out.</param>
    /// <param name="parts">The names of the parts.</param>
    /// <exception cref="ModelInputException">The file is no such split.</exception>
    public static int[][] Read(string path, TableSample sample, IReadOnlyList<string> parts)
    {
        Dictionary<int, int> place = sample.SourceRows.Index().ToDictionary(row => row.Item, row => row.Index);
        SortedSet<int>[] rows = [.. parts.Select(_ => new SortedSet<int>())];
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
            throw new ModelInputException($"{path} does not begin with the line {Header}.");
        for (int i = 1; i < lines.Length; i++)
        {
            string[] fields = lines[i].Split(',');
            int part = fields.Length == 2 ? parts.ToList().IndexOf(fields[1]) : -1;
            if (part < 0 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int row))
                throw new ModelInputException(
                    $"{path}, line {i + 1}: not a row number and one of {string.Join(", ", parts)}.");
            if (place.TryGetValue(row, out int index)) rows[part].Add(index);
        }
        return [.. rows.Select(own => own.ToArray())];
    }

    public static void Write(string path, TableSample sample, IReadOnlyList<string> parts, int[][] rows)
    {
        IEnumerable<(int Row, string Part)> named =
            rows.Zip(parts).SelectMany(pair => pair.First.Select(row => (sample.SourceRows[row], pair.Second)));
        File.WriteAllLines(path, [Header, .. named.OrderBy(n => n.Row).Select(n => $"{n.Row},{n.Part}")]);
    }
}
