namespace ML.TextToModel.Datasets;

/// <summary>
/// Rows of CSV and its kin as in RFC 4180, with some tolerance: any line end, blanks around fields (dropped unless
/// quoted), quotes inside unquoted fields (kept). Blank lines are skipped.
/// </summary>
internal sealed class DelimitedSource(TextInput text, DelimitedStyle style) : TableSource(text)
{
    private readonly char[] _buffer = new char[1 << 14];
    private int _position, _length;
    private long _line = 1;
    private int _width;

    public override TableFormat Format => TableFormat.Delimited;

    /// <summary>The number of fields that most rows have.</summary>
    public static int UsualWidth(IReadOnlyCollection<int> counts) => counts.Count == 0 ? 0
        : counts.GroupBy(count => count).MaxBy(group => group.Count())!.Key;

    public override bool Read(TableRow row)
    {
        bool blank;
        do
        {
            if (Peek() < 0) return false;
            row.Clear(_line);
            bool quoted;
            do quoted = ReadField(row); while (TakeDelimiter());
            TakeLineEnd();
            blank = row.Count == 1 && row.Length == 0 && !quoted && row.Error is null;
        }
        while (blank);
        return true;
    }

    public override TableColumn[] FindColumns(List<TableRow> first, TableOptions options)
    {
        TableRow? header = null;
        if (options.HasHeader
            ?? (HeaderDetector.HasName(first, options) || HeaderDetector.HasHeader(first, style.Delimiter == ';')))
        {
            header = first[0];
            first.RemoveAt(0);
            if (header.Error is not null)
                throw new TableException(header.Fault!.Value, Text.File, header.Line, header.Error);
        }
        _width = header?.Count ?? UsualWidth([.. first.Where(row => row.Error is null).Select(row => row.Count)]);
        if (_width == 0 && first.Count > 0)
            throw new TableException(first[0].Fault!.Value, Text.File, first[0].Line, first[0].Error!);
        if (options.Columns is not null && options.Columns.Count != _width)
        {
            throw new TableException(TableFault.ColumnCount, Text.File, 0,
                $"{options.Columns.Count} column names are given, but the table has {_width} columns.");
        }
        var columns = new TableColumn[_width];
        for (int i = 0; i < _width; i++)
        {
            string name = options.Columns?[i] ?? header?.Raw(i).ToString() ?? "";
            columns[i] = new TableColumn(name, i, ColumnKind.Categorical) { DecimalComma = style.Delimiter == ';' };
        }
        return columns;
    }

    public override void Check(TableRow row)
    {
        if (row.Error is null && row.Count != _width)
            row.Fail(TableFault.RaggedRow, $"the table has {_width} columns; fields here: {row.Count}.");
    }

    /// <returns>Whether the field was quoted.</returns>
    private bool ReadField(TableRow row)
    {
        SkipBlanks();
        if (style.Quoted && Peek() == '"')
        {
            ReadQuoted(row);
            return true;
        }
        int stop;
        do
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_position.._length);
            stop = rest.IndexOfAny(style.Delimiter, '\r', '\n');
            row.Append(stop < 0 ? rest : rest[..stop]);
            _position += stop < 0 ? rest.Length : stop;
        }
        while (stop < 0 && Fill());
        row.EndField(trim: true);
        return false;
    }

    private void ReadQuoted(TableRow row)
    {
        _position++;
        while (true)
        {
            ReadOnlySpan<char> rest = _buffer.AsSpan(_position.._length);
            int stop = rest.IndexOf('"');
            ReadOnlySpan<char> part = stop < 0 ? rest : rest[..stop];
            row.Append(part);
            _line += part.Count('\n');
            _position += part.Length;
            if (stop < 0)
            {
                if (row.Fault is TableFault.FieldTooLong or TableFault.RowTooLong)
                {
                    SkipLine();   // the closing quote may never come
                    return;
                }
                if (Fill()) continue;
                row.Fail(TableFault.UnterminatedQuote, "the file ends inside a quoted field that begins in this row.");
                return;
            }
            _position++;
            if (Peek() != '"') break;
            row.Append("\"");
            _position++;
        }
        row.EndField(trim: false);
        SkipBlanks();
        if (AtFieldEnd()) return;
        row.Fail(TableFault.StrayQuote, "text follows the closing quote of a field; quotes inside must be doubled.");
        SkipLine();
    }

    private bool AtFieldEnd() => Peek() is int next && (next is < 0 or '\r' or '\n' || next == style.Delimiter);

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' && Peek() != style.Delimiter) _position++;
    }

    private void SkipLine()
    {
        int stop;
        do
        {
            stop = _buffer.AsSpan(_position.._length).IndexOfAny('\r', '\n');
            _position = stop < 0 ? _length : _position + stop;
        }
        while (stop < 0 && Fill());
    }

    private bool TakeDelimiter()
    {
        if (Peek() != style.Delimiter || style.Delimiter == DelimitedStyle.None) return false;
        _position++;
        return true;
    }

    private void TakeLineEnd()
    {
        if (Peek() < 0) return;
        _line++;
        if (_buffer[_position++] == '\r' && Peek() == '\n') _position++;
    }

    private int Peek() => _position < _length || Fill() ? _buffer[_position] : -1;

    private bool Fill()
    {
        _position = 0;
        _length = Text.Read(_buffer);
        return _length > 0;
    }
}
