using System.Text.Json;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Rows of a JSON file: JSON lines, an array of flat objects, or an object whose members are flat objects (its keys are
/// not read). The columns are the names in the first rows, in the order of appearance.
/// </summary>
internal sealed class JsonSource : TableSource
{
    private enum Layout { Lines, Array, Members }

    private readonly Layout _layout;
    private readonly LineReader? _lines;
    private readonly JsonTokens _tokens;
    private readonly Dictionary<string, int> _columns = [];
    private readonly HashSet<int> _seen = [];
    private readonly bool _columnsChosen;
    private bool _entered, _columnsKnown;
    private int _lineUsed;

    /// <param name="text">The file.</param>
    /// <param name="chosen">The fields to read; null for all.</param>
    public JsonSource(TextInput text, IReadOnlyList<string>? chosen) : base(text)
    {
        _columnsChosen = chosen is not null;
        foreach (string name in chosen ?? []) _columns.TryAdd(name, _columns.Count);
        _layout = FindLayout(text);
        _lines = _layout == Layout.Lines ? new LineReader(text) : null;
        _tokens = new JsonTokens(_lines is null ? text.Read : ReadLine);
    }

    public override TableFormat Format => TableFormat.Json;

    public override TableColumn[] FindColumns(List<TableRow> first, TableOptions options)
    {
        _columnsKnown = true;
        if (first.Count > 0 && first.All(row => row.Error is not null))
            throw new TableException(first[0].Fault!.Value, Text.File, first[0].Line, first[0].Error!);
        string? absent = options.Columns?.FirstOrDefault(name => !_seen.Contains(_columns[name]));
        if (absent is not null)
        {
            throw new TableException(TableFault.UnknownColumn, Text.File, 0,
                $"none of the first {first.Count:N0} rows has a field '{absent}'.");
        }
        IEnumerable<string> names = options.Columns
            ?? _columns.OrderBy(column => column.Value).Select(column => column.Key);
        return [.. names.Select(name => new TableColumn(name, _columns[name], ColumnKind.Categorical))];
    }

    public override void Check(TableRow row) { }   // an absent field is missing, an unknown one was found while reading

    public override bool Read(TableRow row)
    {
        try
        {
            if (!(_lines is null ? NextItem() : NextLine())) return false;
            row.Clear(_tokens.Line);
            if (_lines is { TooLong: true })
                row.Fail(TableFault.RowTooLong, $"the line is longer than {TableLimits.RowChars:N0} characters.");
            else
                ReadItem(row);
        }
        catch (JsonException damage)
        {
            TableFault fault = _tokens.TooLong ? TableFault.FieldTooLong : TableFault.NotJson;
            string message = $"this is not JSON: {damage.Message}";
            if (_lines is null) throw new TableException(fault, Text.File, _tokens.Line, message, damage);
            row.Fail(fault, message);
        }
        return true;
    }

    /// <summary>Goes to the next line that is not blank.</summary>
    private bool NextLine()
    {
        do
        {
            if (!_lines!.Read()) return false;
        }
        while (_lines.Line.Trim().IsEmpty);
        _lineUsed = 0;
        _tokens.Restart(_lines.Number);
        return true;
    }

    /// <summary>Goes to the token with which the next item of the array or member of the object begins.</summary>
    private bool NextItem()
    {
        if (!_entered) _tokens.Next();
        _entered = true;
        if (!_tokens.Next()) return false;
        if (_tokens.Type == JsonTokenType.PropertyName) _tokens.Next();   // the key of a member
        bool end = _tokens.Type is JsonTokenType.EndArray or JsonTokenType.EndObject;
        if (end) _tokens.Next();   // throws if anything follows
        return !end;
    }

    private void ReadItem(TableRow row)
    {
        if (_lines is not null) _tokens.Next();
        if (_tokens.Type == JsonTokenType.StartObject)
        {
            ReadFields(row);
        }
        else
        {
            row.Fail(TableFault.NotAnObject, "this item is no JSON object; a row is {\"name\": value, …}.");
            if (_tokens.Type == JsonTokenType.StartArray) _tokens.SkipNested();
        }
        if (_lines is not null) _tokens.Next();   // throws if anything follows on the line
    }

    private int ReadLine(Span<char> buffer)
    {
        ReadOnlySpan<char> rest = _lines!.Line[_lineUsed..];
        int count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        _lineUsed += count;
        return count;
    }

    private void ReadFields(TableRow row)
    {
        while (_tokens.Next() && _tokens.Type != JsonTokenType.EndObject)
        {
            int slot = Slot(row);
            if (!_columnsKnown) _seen.Add(slot);
            string? name = row.Error is null && slot >= 0 && !row.IsAbsent(slot) ? _tokens.Value.ToString() : null;
            if (name is not null) row.Fail(TableFault.DuplicateColumn, $"the field '{name}' comes twice.");
            _tokens.Next();
            if (_tokens.Type is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                if (slot >= 0) row.Fail(TableFault.NestedValue, "a field holds an array or object; rows must be flat.");
                _tokens.SkipNested();
            }
            else if (slot >= 0 && row.Error is null)
            {
                if (_tokens.Type == JsonTokenType.Null) row.SetAbsent(slot);
                else row.Set(slot, _tokens.Value);
            }
        }
    }

    /// <summary>The place of the field whose name is the current token; -1 for one not to be read.</summary>
    private int Slot(TableRow row)
    {
        ReadOnlySpan<char> name = _tokens.Value;
        if (_columns.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int slot)) return slot;
        if (_columnsChosen) return -1;
        if (_columnsKnown)
            row.Fail(TableFault.UnknownKey, "a field is new here; choose the fields to read (--columns a,b,…).");
        else if (name.Length > TableLimits.NameChars)
            row.Fail(TableFault.FieldTooLong, $"a field's name is longer than {TableLimits.NameChars:N0} characters.");
        else if (_columns.Count == TableLimits.Columns)
            row.Fail(TableFault.TooManyColumns, $"the rows have more than {TableLimits.Columns:N0} different fields.");
        if (row.Error is not null) return -1;
        _columns.Add(name.ToString(), _columns.Count);
        return _columns.Count - 1;
    }

    private static Layout FindLayout(TextInput text)
    {
        try
        {
            var sample = new StringReader(text.Sample.ToString());
            var tokens = new JsonTokens(buffer => sample.Read(buffer));
            if (!tokens.Next()) return Layout.Lines;
            if (tokens.Type == JsonTokenType.StartArray) return Layout.Array;
            bool members = tokens.Next() && tokens.Type == JsonTokenType.PropertyName
                && tokens.Next() && tokens.Type == JsonTokenType.StartObject;
            return members ? Layout.Members : Layout.Lines;
        }
        catch (JsonException)
        {
            return Layout.Lines;   // the fault is named when the row is read
        }
    }
}
