namespace ML.TextToModel.Datasets;

/// <summary>
/// One row of a table. The reader uses the object again for its next row: take what you need before. Fields are
/// numbered as the reader's columns, from 0. Not safe for use by several threads at once.
/// </summary>
public sealed class TableRow
{
    private const int Absent = -1;
    private char[] _chars = new char[128];
    private int[] _starts = new int[16], _lengths = new int[16];
    private float[] _numbers = [];
    private TableColumn[] _columns = [];
    private int _open;

    /// <summary>The line on which the row begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the row cannot be used; null for a good row. All fields of a bad row are missing.</summary>
    public string? Error { get; private set; }

    /// <summary>What is wrong with a bad row.</summary>
    public TableFault? Fault { get; private set; }

    /// <summary>The text of a field, unquoted; empty where it is missing. Valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int column] => Error is null ? Raw(_columns[column].Index) : default;

    /// <summary>Whether a field is absent or holds one of the column's missing marks.</summary>
    public bool IsMissing(int column) =>
        Error is not null || IsAbsent(_columns[column].Index) || _columns[column].IsMissing(this[column]);

    /// <summary>The text of a field, or null where it is missing.</summary>
    public string? Text(int column) => IsMissing(column) ? null : this[column].ToString();

    /// <summary>
    /// The number in a field of a numeric column; 0 or 1 in a boolean one; days since 1970 in a date one; NaN where it
    /// is missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The column is of another kind.</exception>
    public float Number(int column) => !_columns[column].IsNumber
        ? throw new InvalidOperationException(
            $"Column '{_columns[column].Name}' is {_columns[column].Kind}: read its text.")
        : Error is null ? _numbers[column] : float.NaN;

    /// <summary>Fields as in the file, ignored ones included.</summary>
    internal int Count { get; private set; }

    internal int Length { get; private set; }

    internal ReadOnlySpan<char> Raw(int slot) =>
        IsAbsent(slot) ? default : _chars.AsSpan(_starts[slot], _lengths[slot]);

    internal bool IsAbsent(int slot) => slot >= Count || _lengths[slot] == Absent;

    internal void Clear(long line)
    {
        Line = line;
        Error = null;
        Fault = null;
        Count = Length = _open = 0;
    }

    /// <summary>Marks the row as bad; the first reason counts, and nothing more is stored.</summary>
    internal void Fail(TableFault fault, string error)
    {
        if (Error is null) (Fault, Error) = (fault, error);
    }

    /// <summary>Adds to the open field.</summary>
    internal void Append(ReadOnlySpan<char> text)
    {
        if (Error is not null) return;
        if (Length - _open + text.Length > TableLimits.FieldChars)
            Fail(TableFault.FieldTooLong,
                $"a field is longer than {TableLimits.FieldChars:N0} characters; is a closing quote missing?");
        else if (Length + text.Length > TableLimits.RowChars)
            Fail(TableFault.RowTooLong, $"the row is longer than {TableLimits.RowChars:N0} characters.");
        if (Error is not null) return;
        while (Length + text.Length > _chars.Length) Array.Resize(ref _chars, _chars.Length * 2);
        text.CopyTo(_chars.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Closes the open field and makes it the next one.</summary>
    internal void EndField(bool trim)
    {
        if (Error is not null || !Reserve(Count)) return;
        Span<char> field = _chars.AsSpan(_open, Length - _open);
        _starts[Count - 1] = _open;
        _lengths[Count - 1] = trim ? field.TrimEnd(" \t").Length : field.Length;
        _open = Length;
    }

    /// <summary>Sets the field at <paramref name="slot"/>; fields never set are absent.</summary>
    internal void Set(int slot, ReadOnlySpan<char> text)
    {
        Append(text);
        if (Error is not null || !Reserve(slot)) return;
        _starts[slot] = _open;
        _lengths[slot] = text.Length;
        _open = Length;
    }

    internal void SetAbsent(int slot)
    {
        if (Reserve(slot)) _lengths[slot] = Absent;
    }

    /// <summary>Reads the numbers of the row; one that does not fit its column's kind makes the row bad.</summary>
    internal void Interpret(TableColumn[] columns, bool declaredOnly)
    {
        _columns = columns;
        if (_numbers.Length < columns.Length) _numbers = new float[columns.Length];
        for (int i = 0; i < columns.Length && Error is null; i++)
        {
            TableColumn column = columns[i];
            if (declaredOnly && !column.Declared) continue;
            if (column.IsNumber)
            {
                _numbers[i] = float.NaN;
                if (!IsMissing(i) && !column.TryNumber(this[i], out _numbers[i])) FailKind(column, this[i]);
            }
            else if (!IsMissing(i) && !column.IsDeclaredValue(this[i]))
            {
                Fail(TableFault.UndeclaredValue,
                    $"column '{column.Name}' has the value '{Quote(this[i])}', which the header does not list.");
            }
        }
    }

    private void FailKind(TableColumn column, ReadOnlySpan<char> text)
    {
        (TableFault fault, string what) = column.Kind switch
        {
            ColumnKind.Date => (TableFault.NotADate, "a date like those before"),
            ColumnKind.Boolean => (TableFault.NotABoolean, "yes or no"),
            _ => (TableFault.NotANumber, "a number"),
        };
        Fail(fault, $"column '{column.Name}' has the value '{Quote(text)}', which is not {what}. " +
            "Mend it, declare it a missing mark, or give the column another kind.");
    }

    private static string Quote(ReadOnlySpan<char> text) => text.Length <= 40 ? text.ToString() : $"{text[..40]}…";

    private bool Reserve(int slot)
    {
        if (slot >= TableLimits.Columns)
        {
            Fail(TableFault.TooManyColumns,
                $"the row has more than {TableLimits.Columns:N0} fields; is the delimiter right?");
            return false;
        }
        if (slot >= _starts.Length)
        {
            int size = Math.Max(slot + 1, _starts.Length * 2);
            Array.Resize(ref _starts, size);
            Array.Resize(ref _lengths, size);
        }
        for (; Count <= slot; Count++) _lengths[Count] = Absent;
        return true;
    }
}
