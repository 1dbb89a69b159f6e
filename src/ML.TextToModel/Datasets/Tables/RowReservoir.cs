using System.Text;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Rows drawn evenly from a stream of them, in bounded memory: each row so far is kept with the same probability
/// (reservoir sampling, Vitter 1985, algorithm R). Where long fields take more memory than foreseen, rows drawn by lot
/// go, and from then on fewer are kept.
/// </summary>
/// <param name="columns">The columns to keep.</param>
/// <param name="maxCells">Fields to keep, at most; 16 characters of a row count as a field at least.</param>
internal sealed class RowReservoir(IReadOnlyList<TableColumn> columns, long maxCells)
{
    private const int CellChars = 16;
    private const int MaxPooled = 1_024;   // categories repeat: keep one string of each

    private readonly Rng _rng = new(0);
    private readonly List<KeptRow> _rows = [];
    private readonly StringBuilder _text = new();
    private int _most = (int)Math.Clamp(maxCells / Math.Max(1, columns.Count), 1, Array.MaxLength);
    private long _cells;

    /// <summary>Rows that were offered.</summary>
    public long Seen { get; private set; }

    /// <summary>Rows that are kept.</summary>
    public int Count => _rows.Count;

    /// <summary>Offers a row.</summary>
    public void Add(TableRow row)
    {
        long place = Seen < _most ? Seen : (long)(_rng.NextDouble() * (Seen + 1));
        Seen++;
        if (place >= _most) return;
        KeptRow kept = Copy(row);
        if (place == _rows.Count)
        {
            _rows.Add(kept);
        }
        else
        {
            _cells -= Cells(_rows[(int)place]);
            _rows[(int)place] = kept;
        }
        _cells += Cells(kept);
        while (_cells > maxCells && _rows.Count > 1) Drop();
    }

    /// <summary>
    /// A column of the rows that were kept: numbers, NaN where missing, or texts, null where missing.
    /// </summary>
    public Array Column(TableColumn column, int index)
    {
        if (!column.IsNumber)
        {
            HashSet<string> pool = [];
            string?[] texts = new string?[_rows.Count];
            for (int row = 0; row < texts.Length; row++)
                if (!IsMissing(row, out ReadOnlySpan<char> text)) texts[row] = Pooled(pool, text);
            return texts;
        }
        float[] numbers = new float[_rows.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            if (IsMissing(row, out ReadOnlySpan<char> text) || !column.TryNumber(text, out numbers[row]))
                numbers[row] = float.NaN;
        }
        return numbers;

        bool IsMissing(int row, out ReadOnlySpan<char> text) =>
            !_rows[row].TryGet(index, out text) || column.IsMissing(text);
    }

    private static string Pooled(HashSet<string> pool, ReadOnlySpan<char> text)
    {
        if (pool.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? pooled)) return pooled;
        pooled = text.ToString();
        if (pool.Count < MaxPooled) pool.Add(pooled);
        return pooled;
    }

    private KeptRow Copy(TableRow row)
    {
        int[] ends = new int[columns.Count];
        _text.Clear();
        for (int i = 0; i < ends.Length; i++)
        {
            bool absent = row.IsAbsent(columns[i].Index);
            if (!absent) _text.Append(row[i]);
            ends[i] = absent ? ~_text.Length : _text.Length;
        }
        return new(_text.ToString(), ends);
    }

    private void Drop()
    {
        int place = _rng.NextInt(_rows.Count);
        _cells -= Cells(_rows[place]);
        _rows[place] = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
        _most = _rows.Count;
    }

    private static long Cells(KeptRow row) => Math.Max(row.Ends.Length, row.Text.Length / CellChars);

    /// <summary>The fields of a row, one after the other.</summary>
    /// <param name="Text">Their characters.</param>
    /// <param name="Ends">Where each ends; the complement of that for an absent one.</param>
    private readonly record struct KeptRow(string Text, int[] Ends)
    {
        /// <summary>The text of a field; false where it is absent.</summary>
        public bool TryGet(int index, out ReadOnlySpan<char> text)
        {
            int start = index == 0 ? 0 : Math.Max(Ends[index - 1], ~Ends[index - 1]), end = Ends[index];
            text = end < 0 ? default : Text.AsSpan(start, end - start);
            return end >= 0;
        }
    }
}
