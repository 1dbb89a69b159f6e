using System.Collections.Frozen;

namespace ML.TextToModel.Datasets;

/// <summary>Reads the attribute declarations of an ARFF file.</summary>
internal static class ArffHeader
{
    /// <summary>Reads up to and including the line @data.</summary>
    public static TableColumn[] Read(LineReader lines, string file)
    {
        var columns = new List<TableColumn>();
        while (lines.Read())
        {
            ReadOnlySpan<char> line = lines.Line.Trim(" \t");
            if (line.IsEmpty || line[0] == '%') continue;
            var cursor = new ArffCursor(line);
            ReadOnlySpan<char> keyword = cursor.TakeWord();
            if (Is(keyword, "@relation")) continue;
            if (Is(keyword, "@data") && columns.Count > 0) return [.. columns];
            if (columns.Count == TableLimits.Columns)
                throw new TableException(TableFault.TooManyColumns, file, lines.Number,
                    $"more than {TableLimits.Columns:N0} attributes.");
            if (Is(keyword, "@attribute") && !lines.TooLong
                && Attribute(ref cursor, columns.Count) is TableColumn column)
                columns.Add(column);
            else if (columns.Count == 0 && line[0] != '@')
                throw HeaderLost(file, lines.Number);
            else
                throw new TableException(TableFault.ArffSyntax, file, lines.Number,
                    "this is no line of an ARFF header; understood are '@attribute NAME TYPE' with TYPE " +
                    "numeric, {a,b,…}, string or date, and '@data' after the last.");
        }
        throw columns.Count == 0
            ? HeaderLost(file, lines.Number)
            : new TableException(TableFault.ArffSyntax, file, lines.Number, "the file ends before '@data'.");
    }

    private static TableException HeaderLost(string file, long line) => new(TableFault.ArffHeaderLost, file, line,
        "the ARFF header (@relation, @attribute, @data) is lost. " +
        "To read the file as CSV, say that it has no header (--no-header) or name its columns (--columns a,b,…).");

    private static TableColumn? Attribute(ref ArffCursor cursor, int index)
    {
        if (!cursor.TryTakeValue(" \t{", out string name, out _) || name.Length == 0) return null;
        var column = new TableColumn(name, index, ColumnKind.Categorical) { Declared = true };
        if (cursor.TryTake('{')) return Nominal(ref cursor, column);
        ReadOnlySpan<char> type = cursor.TakeWord();
        bool numeric = Is(type, "numeric") || Is(type, "real") || Is(type, "integer");
        if (numeric) return column with { Kind = ColumnKind.Numeric };
        if (Is(type, "string")) return column with { Declared = false };
        if (!Is(type, "date")) return null;
        string format = "yyyy-MM-dd'T'HH:mm:ss";
        if (!cursor.AtEnd && !cursor.TryTakeValue([], out format, out _)) return null;
        return column with { Kind = ColumnKind.Date, DateFormats = [DotNetFormat(format)] };
    }

    private static TableColumn? Nominal(ref ArffCursor cursor, TableColumn column)
    {
        var values = new List<string>();
        do
        {
            if (!cursor.TryTakeValue(",}", out string value, out _)) return null;
            values.Add(value);
        }
        while (cursor.TryTake(','));
        return cursor.TryTake('}') ? column with { Values = values, ValueSet = values.ToFrozenSet() } : null;
    }

    /// <summary>Java's date patterns differ from .NET's in the zone only, as far as ARFF files use them.</summary>
    private static string DotNetFormat(string java) => java.Replace('Z', 'K').Replace('X', 'K').Replace('z', 'K');

    private static bool Is(ReadOnlySpan<char> word, string keyword) =>
        word.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
