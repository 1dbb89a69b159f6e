namespace ML.TextToModel.Datasets;

/// <summary>What the values of one column have in common; finds the column's kind. Memory is bounded.</summary>
/// <param name="marks">What is missing.</param>
/// <param name="decimalComma">Whether numbers may have a decimal comma.</param>
/// <param name="maxDistinct">Different values that it remembers, at most.</param>
internal sealed class ColumnProfile(
    MissingMarks marks, bool decimalComma, int maxDistinct = ColumnProfile.MaxDistinct)
{
    private const int MaxDistinct = 10_000, MinDistinct = 100, DistinctOfTable = 1_000_000;
    private const int LeastIds = 20;          // in a shorter column, different values mean nothing
    private const double SentenceWords = 3;

    private readonly HashSet<ulong> _distinct = [];
    private readonly bool[] _dateStyles = [.. DateStyles.All.Select(_ => true)];
    private long _values, _marks, _numbers, _dates, _words;
    private double _least = double.PositiveInfinity, _greatest = double.NegativeInfinity;
    private double _mean, _squares;   // of the numbers, and of their distances from it
    private bool _repeats, _allIntegers = true;
    private int _booleanPairs = (1 << BooleanWords.Pairs.Length) - 1;
    private bool _trueSeen, _falseSeen;

    /// <summary>Different values that each of so many columns may remember side by side.</summary>
    public static int DistinctOf(int columns) =>
        Math.Clamp(DistinctOfTable / Math.Max(1, columns), MinDistinct, MaxDistinct);

    /// <summary>Whether some value occurs twice.</summary>
    public bool Repeats => _repeats;

    /// <summary>Different values, as many of them as it remembers.</summary>
    public int Distinct => _distinct.Count;

    /// <summary>Whether every number is a whole one.</summary>
    public bool AllIntegers => _allIntegers;

    /// <summary>Whether every value is a number, missing marks left out.</summary>
    public bool IsNumeric => _values > 0 && _numbers == _values;

    /// <summary>The mean of the numbers; 0 without any.</summary>
    public double Mean => _mean;

    /// <summary>Their standard deviation; 0 without any.</summary>
    public double Deviation => _numbers == 0 ? 0 : Math.Sqrt(_squares / _numbers);

    /// <param name="text">A field.</param>
    /// <param name="times">How often it occurs.</param>
    public void Add(ReadOnlySpan<char> text, long times = 1)
    {
        if (marks.IsMissing(text)) return;
        bool mark = marks.IsMissingAmongNumbers(text);
        if (mark) _marks += times;
        else _values += times;
        if (_distinct.Count < maxDistinct && (!_distinct.Add(Hash(text)) || times > 1)) _repeats = true;
        AddWords(text, times);
        AddBoolean(text);
        if (mark) return;
        if (_numbers == _values - times) AddNumber(text, times);
        if (_dates == _values - times) AddDate(text, times);
    }

    /// <summary>
    /// The column with its kind; one whose name the user or the file gave is an id by its name, one without only if it
    /// comes first.
    /// </summary>
    public TableColumn Decide(TableColumn column, bool named)
    {
        if (IsNumeric)
            return column with { Kind = IsNumberOfRecord(column, named) ? ColumnKind.IdLike : ColumnKind.Numeric };
        if (_values > 0 && _dates == _values)
        {
            string[] formats = DateStyles.All[Array.IndexOf(_dateStyles, true)];
            return column with { Kind = ColumnKind.Date, DateFormats = formats };
        }
        return column with { Kind = TextKind() };
    }

    private ColumnKind TextKind()
    {
        long values = _values + _marks;
        if (_booleanPairs != 0 && _trueSeen && _falseSeen) return ColumnKind.Boolean;
        bool mostDiffer = !_repeats || _distinct.Count * 2L > Math.Min(values, maxDistinct);
        if (values > 0 && mostDiffer && _words >= SentenceWords * values) return ColumnKind.Text;
        return values >= LeastIds && !_repeats ? ColumnKind.IdLike : ColumnKind.Categorical;
    }

    private bool IsNumberOfRecord(TableColumn column, bool named)
    {
        if (_repeats || !_allIntegers || _values < LeastIds) return false;
        bool isRange = _greatest - _least == _values - 1;
        return isRange || (named ? IsIdName(column.Name) : column.Index == 0);
    }

    private static bool IsIdName(string name) =>
        name.ToLowerInvariant() is "id" or "index" or "key" or "uuid" or "guid" or "row"
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(" id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Id", StringComparison.Ordinal)
        || name.Length > 2 && name.EndsWith("ID", StringComparison.Ordinal) && char.IsLower(name[^3]);

    private void AddNumber(ReadOnlySpan<char> text, long times)
    {
        if (!TableColumn.TryParse(text, decimalComma, out float number)) return;
        _numbers += times;
        double distance = number - _mean;
        _mean += distance * times / _numbers;
        _squares += distance * (number - _mean) * times;
        // In double: float cannot tell large ids apart.
        if (_allIntegers && long.TryParse(text, out long whole))
        {
            _least = Math.Min(_least, whole);
            _greatest = Math.Max(_greatest, whole);
        }
        else
        {
            _allIntegers = false;
        }
    }

    private void AddDate(ReadOnlySpan<char> text, long times)
    {
        bool fits = false;
        for (int i = 0; i < _dateStyles.Length; i++)
            fits |= _dateStyles[i] = _dateStyles[i] && DateStyles.TryParse(text, DateStyles.All[i], out _);
        if (fits) _dates += times;
    }

    private void AddBoolean(ReadOnlySpan<char> text)
    {
        for (int i = 0; _booleanPairs >> i != 0; i++)
        {
            bool isTrue = BooleanWords.Is(text, BooleanWords.Pairs[i].True);
            bool isFalse = BooleanWords.Is(text, BooleanWords.Pairs[i].False);
            if (!isTrue && !isFalse) _booleanPairs &= ~(1 << i);
            _trueSeen |= isTrue;
            _falseSeen |= isFalse;
        }
    }

    private void AddWords(ReadOnlySpan<char> text, long times)
    {
        bool inWord = false;
        foreach (char c in text)
        {
            if (!inWord && c != ' ') _words += times;
            inWord = c != ' ';
        }
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        ulong hash = 14695981039346656037;   // FNV-1a, 64 bits: the same on every run, unlike string.GetHashCode
        foreach (char c in text) hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
