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
    private readonly JsonTokens _tokens;
    private readonly Dictionary<string, int> _columns = [];
    private bool _entered, _columnsKnown, _columnsChosen;

    public JsonSource(TextInput text) : base(text)
    {
        _layout = FindLayout(text);
        _tokens = new JsonTokens(text, manyValues: _layout == Layout.Lines);
    }

    public override TableFormat Format => TableFormat.Json;

    public override TableColumn[] FindColumns(List<TableRow> first, TableOptions options)
    {
        _columnsKnown = true;
        if (first.Count > 0 && first.All(row => row.Error is not null))
            throw new TableException(first[0].Fault!.Value, Text.File, first[0].Line, first[0].Error!);
        TableColumn[] all = [.. _columns.OrderBy(column => column.Value)
            .Select(column => new TableColumn(column.Key, column.Value, ColumnKind.Categorical))];
        _columnsChosen = options.Columns is not null;
        return options.Columns is null ? all : [.. options.Columns.Select(name => all[ColumnNames.Find(all, name, Text.File)])];
    }

    public override void Check(TableRow row) { }   // an absent field is missing, an unknown one was found while reading

    public override bool Read(TableRow row)
    {
        row.Clear(_tokens.Line);
        try
        {
            if (!_entered && _layout != Layout.Lines) _tokens.Next();
            _entered = true;
            if (!NextItem()) return false;
            row.Clear(_tokens.Line);
            if (_tokens.Type == JsonTokenType.StartObject) ReadFields(row);
            else
            {
                row.Fail(TableFault.NotAnObject, "this item is no JSON object; a row is {\"name\": value, …}.");
                if (_tokens.Type == JsonTokenType.StartArray) _tokens.SkipNested();
            }
        }
        catch (JsonException fault)
        {
            string message = $"this is not JSON: {fault.Message}";
            TableFault kind = _tokens.TooLong ? TableFault.FieldTooLong : TableFault.NotJson;
            if (_layout != Layout.Lines) throw new TableException(kind, Text.File, _tokens.Line, message, fault);
            row.Fail(kind, message);
            _tokens.SkipLine();
        }
        return true;
    }

    /// <summary>Goes to the token with which the next row begins.</summary>
    private bool NextItem()
    {
        if (!_tokens.Next()) return false;
        if (_tokens.Type == JsonTokenType.PropertyName) _tokens.Next();   // the key of a member
        bool end = _tokens.Type is JsonTokenType.EndArray or JsonTokenType.EndObject;
        if (end) _tokens.Next();   // throws if anything follows
        return !end;
    }

    private void ReadFields(TableRow row)
    {
        while (_tokens.Next() && _tokens.Type != JsonTokenType.EndObject)
        {
            int slot = Slot(row);
            string? name = row.Error is null && slot >= 0 && !row.IsAbsent(slot) ? _tokens.Value.ToString() : null;
            if (name is not null) row.Fail(TableFault.DuplicateColumn, $"the field '{name}' comes twice.");
            _tokens.Next();
            if (_tokens.Type is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                if (slot >= 0) row.Fail(TableFault.NestedValue, "a field holds an array or object; only flat objects are rows.");
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
            row.Fail(TableFault.UnknownKey, "the row has a field that none of the first rows has; choose the fields to read (--columns).");
        else if (name.Length > TableLimits.NameChars)
            row.Fail(TableFault.FieldTooLong, $"the name of a field is longer than {TableLimits.NameChars:N0} characters.");
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
            var tokens = new JsonTokens(new TextInput(new StringReader(text.Sample.ToString()), text.File), manyValues: true);
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
