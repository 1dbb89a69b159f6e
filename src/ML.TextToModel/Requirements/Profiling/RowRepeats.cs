using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>
/// A second pass through the rows, once it is known which column is the label: rows that repeat, those that contradict
/// one another, and columns that give the label away.
/// </summary>
internal sealed class RowRepeats
{
    /// <summary>Rows that are remembered; later ones are compared with these only.</summary>
    private const int MostRows = 1 << 20;

    private const int MostClasses = 100, LeastRows = 20, RowsPerValue = 10;
    private const double SmallShare = 0.001;

    /// <summary>Rows whose inputs an earlier row has.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Of those, the ones with another label.</summary>
    public long Conflicts { get; private set; }

    /// <summary>The places of columns each of whose values comes with one class only, as good as.</summary>
    public IReadOnlyList<int> Telling { get; private set; } = [];

    /// <exception cref="TableException">The table cannot be read.</exception>
    public static RowRepeats Of(
        TableData table, TableProfile profile, int label, IReadOnlyCollection<int> ignored, CancellationToken cancel)
    {
        var repeats = new RowRepeats();
        int[] inputs =
            [.. Enumerable.Range(0, profile.Columns.Count).Where(i => i != label && !ignored.Contains(i))];
        ValueIndex? classes = label < 0 ? null : ValueIndex.Of(profile.Statistics[label], MostClasses);
        (int Column, ValueIndex Values, long[] Counts)[] suspects =
        [
            .. from i in classes is null || profile.Rows < LeastRows ? [] : inputs
               let values = ValueIndex.Of(profile.Statistics[i], (int)Math.Min(1_000, profile.Rows / RowsPerValue))
               where values is not null
               select (i, values, new long[values.Count * classes!.Count]),
        ];
        Dictionary<ulong, int> first = [];
        using TableReader reader = table.ReadDeclared();
        for (long n = 0; reader.Read(); n++)
        {
            if ((n & 0xFFF) == 0) cancel.ThrowIfCancellationRequested();
            TableRow row = reader.Row;
            if (row.Error is not null) continue;
            int own = classes is null ? -1 : classes.Find(row[label]);
            repeats.Compare(first, Hash(row, inputs), own);
            if (own < 0) continue;
            foreach ((int column, ValueIndex values, long[] counts) in suspects)
                if (values.Find(row[column]) is >= 0 and int value) counts[value * classes!.Count + own]++;
        }
        if (classes is not null)
            repeats.Telling = [.. suspects.Where(one => Tells(one.Counts, classes)).Select(one => one.Column)];
        return repeats;
    }

    private void Compare(Dictionary<ulong, int> first, ulong hash, int own)
    {
        if (first.TryGetValue(hash, out int other))
        {
            Duplicates++;
            if (own >= 0 && other >= 0 && own != other) Conflicts++;
        }
        else if (first.Count < MostRows)
        {
            first[hash] = own;
        }
    }

    /// <summary>Whether the values tell the class a thousand times better than the most frequent class does.</summary>
    private static bool Tells(long[] counts, ValueIndex classes)
    {
        long rows = counts.Sum(), right = 0;
        foreach (long[] of in counts.Chunk(classes.Count)) right += of.Max();
        long majority = Enumerable.Range(0, classes.Count)
            .Max(c => counts.Where((_, i) => i % classes.Count == c).Sum());
        return rows >= LeastRows && majority < rows && rows - right <= SmallShare * (rows - majority);
    }

    private static ulong Hash(TableRow row, int[] columns)
    {
        ulong hash = 14695981039346656037;   // FNV-1a, 64 bits
        foreach (int column in columns)
        {
            foreach (char c in row[column]) hash = (hash ^ c) * 1099511628211;
            hash = (hash ^ 0x10000) * 1099511628211;   // no character: the end of the field
        }
        return hash;
    }
}

/// <summary>The places of a column's values in the order of their first rows.</summary>
internal sealed class ValueIndex
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _places;

    private ValueIndex(IEnumerable<string> values)
    {
        Dictionary<string, int> places = values.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        (Count, _places) = (places.Count, places.GetAlternateLookup<ReadOnlySpan<char>>());
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Null where there are too many, or fewer than two.</summary>
    public static ValueIndex? Of(ColumnStatistics column, int most) =>
        column.Counts is { Count: > 1 } counts && counts.Count <= most ? new(counts.Keys) : null;

    /// <summary>The place of a value, or -1.</summary>
    public int Find(ReadOnlySpan<char> text) => _places.TryGetValue(text, out int place) ? place : -1;
}
