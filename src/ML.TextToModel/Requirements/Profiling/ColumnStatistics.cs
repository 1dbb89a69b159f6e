using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements.Profiling;

/// <summary>What is counted of one column while the rows go by, in bounded memory.</summary>
internal sealed class ColumnStatistics(TableColumn column, int columns)
{
    /// <summary>The most different values that are counted one by one.</summary>
    public const int MostValues = 1_000;

    private const int LongestValue = 200;
    private const double SentenceWords = 4;
    private const int FewTexts = 20;
    private const int FewNumbers = 20;   // of fewer, mean and deviation may give single ones away

    private readonly ColumnProfile _profile =
        new(column.Marks, column.DecimalComma, ColumnProfile.DistinctOf(columns));
    private Dictionary<string, long>? _counts = new(StringComparer.Ordinal);
    private long _marks, _words;

    /// <summary>The column as it was read.</summary>
    public TableColumn Column { get; } = column;

    /// <summary>Fields with a value.</summary>
    public long Values { get; private set; }

    /// <summary>Fields without one.</summary>
    public long Missing { get; private set; }

    /// <summary>Characters of all fields.</summary>
    public long Characters { get; private set; }

    /// <summary>The most words of a field.</summary>
    public int MostWords { get; private set; }

    /// <summary>Words of a field, in the mean.</summary>
    public double MeanWords => Values == 0 ? 0 : _words / (double)Values;

    /// <summary>How often each value occurs, as it stands in the file; null for too many values.</summary>
    public IReadOnlyDictionary<string, long>? Counts => _counts;

    /// <summary>Different values; a lower bound where <see cref="Counts"/> is null.</summary>
    public int Distinct => _counts?.Count ?? _profile.Distinct;

    /// <summary>Whether every value is a number.</summary>
    public bool IsNumeric => _profile.IsNumeric;

    /// <summary>Whether nearly every row has another whole number: the number of a record.</summary>
    public bool IsRecordNumber => IsNumeric && _profile.AllIntegers && Values > MostValues / 10
        && _profile.Distinct >= 0.8 * Math.Min(Values, ColumnProfile.DistinctOf(columns));

    /// <summary>Whether the values are sentences, which repeat at most now and then.</summary>
    public bool IsText => !IsNumeric && MeanWords >= SentenceWords && Distinct >= Math.Min(FewTexts, Values);

    /// <summary>
    /// Where nearly all numbers lie: the mean, and two deviations to either side; null for few of them, or where all
    /// are the same.
    /// </summary>
    public ColumnRange? Range => IsNumeric && Values >= FewNumbers
        ? ColumnRange.Around(_profile.Mean, _profile.Deviation)
        : null;

    public void Add(ReadOnlySpan<char> text, bool absent)
    {
        if (absent || Column.Marks.IsMissing(text))
        {
            Missing++;
            return;
        }
        Values++;
        Characters += text.Length;
        if (_counts is null) Look(text, times: 1);
        else Count(text);
    }

    /// <summary>To be called after the last field: looks at the values that were only counted so far.</summary>
    public void End()
    {
        foreach ((string text, long times) in _counts ?? []) Look(text, times);
    }

    /// <summary>The column with its kind, and the marks among numbers taken as missing.</summary>
    public TableColumn Decide(TableOptions options)
    {
        TableColumn decided = Column.Declared
            ? Column
            : _profile.Decide(Column, TableReader.IsNamed(Column, options));
        if (decided.Kind is ColumnKind.Numeric or ColumnKind.Date or ColumnKind.IdLike)
        {
            (Missing, Values, _marks) = (Missing + _marks, Values - _marks, 0);
            foreach (string mark in _counts?.Keys.Where(key => IsNumeric && Column.Marks.IsMissingAmongNumbers(key))
                .ToArray() ?? []) _counts!.Remove(mark);
        }
        return decided;
    }

    private void Count(ReadOnlySpan<char> text)
    {
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> counts =
            _counts!.GetAlternateLookup<ReadOnlySpan<char>>();
        ref long count = ref CollectionsMarshal.GetValueRefOrNullRef(counts, text);
        if (!Unsafe.IsNullRef(ref count))
        {
            count++;
            return;
        }
        if (text.Length <= LongestValue && _counts.Count < MostValues)
        {
            counts[text] = 1;
            return;
        }
        End();
        _counts = null;
        Look(text, times: 1);
    }

    private void Look(ReadOnlySpan<char> text, long times)
    {
        if (Column.Marks.IsMissingAmongNumbers(text)) _marks += times;
        int words = Words.Count(text);
        _words += times * words;
        MostWords = Math.Max(MostWords, words);
        _profile.Add(text, times);
    }
}
