namespace ML.TextToModel.Datasets;

/// <summary>Finds out whether the first row of a delimited file names the columns.</summary>
internal static class HeaderDetector
{
    private const int NameChars = 40;

    /// <summary>Whether the first row holds a name, not a number, that the user says a column has.</summary>
    public static bool HasName(List<TableRow> rows, TableOptions options)
    {
        if (rows.Count == 0 || rows[0].Error is not null) return false;
        string[] names =
        [
            .. (options.Label is null ? options.HeaderNames : options.HeaderNames.Append(options.Label))
                .Where(name => name.Length > 0 && !TableColumn.TryParse(name, decimalComma: false, out _)),
        ];
        for (int slot = 0; slot < rows[0].Count; slot++)
            if (names.Contains(rows[0].Raw(slot).ToString())) return true;
        return false;
    }

    /// <summary>
    /// A first row with a number or a missing mark, or with a value that its column has again, is data. Otherwise it is
    /// a header if some column below holds numbers, dates or booleans, or repeats its values without the first row's.
    /// Without any such sign, it is a header if its fields look like names.
    /// </summary>
    public static bool HasHeader(List<TableRow> rows, bool decimalComma)
    {
        if (rows.Count == 0 || rows[0].Error is not null) return false;
        TableRow first = rows[0];
        bool sign = false;
        for (int slot = 0; slot < first.Count; slot++)
        {
            string cell = first.Raw(slot).ToString();
            if (cell.Length > 0 && MissingMarks.Default.IsMissing(cell)) return false;
            if (TableColumn.TryParse(cell, decimalComma, out _)) return false;
            (bool typed, bool repeats, bool again) = Below(rows, slot, cell, decimalComma);
            if (again && cell.Length > 0) return false;
            sign |= typed || repeats;
        }
        return sign || LooksLikeNames(first, onlyRow: rows.Count == 1);
    }

    private static (bool Typed, bool Repeats, bool Again) Below(List<TableRow> rows, int slot, string cell,
        bool decimalComma)
    {
        var profile = new ColumnProfile(MissingMarks.Default, decimalComma);
        bool again = false;
        foreach (TableRow row in rows.Skip(1))
        {
            if (row.Error is not null) continue;
            again |= row.Raw(slot).SequenceEqual(cell);
            profile.Add(row.Raw(slot));
        }
        ColumnKind kind = profile.Decide(new TableColumn("", slot, ColumnKind.Categorical), named: false).Kind;
        bool dateItself = DateStyles.TryParse(cell, DateStyles.Any, out _);
        bool typed = profile.IsNumeric || kind is ColumnKind.Boolean || kind is ColumnKind.Date && !dateItself;
        return (typed, profile.Repeats, again || kind is ColumnKind.Date && dateItself);
    }

    private static bool LooksLikeNames(TableRow row, bool onlyRow)
    {
        var names = new HashSet<string>();
        for (int slot = 0; slot < row.Count; slot++)
        {
            ReadOnlySpan<char> cell = row.Raw(slot);
            if (cell.Length is 0 or > NameChars || cell.Count(' ') > 2 || char.IsDigit(cell[0])) return false;
            if (!names.Add(cell.ToString())) return false;
        }
        // A single column gives little to go by: a word may be a name, two are a phrase, and one alone is data.
        return row.Count > 1 || !onlyRow && !row.Raw(0).Contains(' ');
    }
}
