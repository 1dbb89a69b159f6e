namespace ML.TextToModel.Datasets;

/// <summary>Gives columns their names and finds them by name or number.</summary>
internal static class ColumnNames
{
    /// <summary>Names columns without a name by their number, and makes sure that names are unique.</summary>
    public static TableColumn[] Complete(TableColumn[] columns, string file)
    {
        var seen = new HashSet<string>();
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i].Name.Length == 0) columns[i] = columns[i] with { Name = $"Column{i + 1}" };
            string name = columns[i].Name;
            if (name.Length > TableLimits.NameChars)
            {
                throw new TableException(TableFault.FieldTooLong, file, 0,
                    $"the name of column {i + 1} is longer than {TableLimits.NameChars:N0} characters; is it one?");
            }
            if (seen.Add(name)) continue;
            throw new TableException(TableFault.DuplicateColumn, file, 0,
                $"two columns are called '{name}'. Rename one, or name all columns in the options.");
        }
        return columns;
    }

    /// <summary>
    /// The column called <paramref name="wanted"/>, else the one with that number in the file, from 1.
    /// </summary>
    public static int Find(IReadOnlyList<TableColumn> columns, string wanted, string file)
    {
        const int shown = 20;
        for (int i = 0; i < columns.Count; i++)
            if (columns[i].Name == wanted) return i;
        if (int.TryParse(wanted, out int number))
        {
            for (int i = 0; i < columns.Count; i++)
                if (columns[i].Index == number - 1) return i;
        }
        string names = string.Join(", ", columns.Take(shown).Select(column => column.Name));
        throw new TableException(TableFault.UnknownColumn, file, 0,
            $"there is no column '{wanted}'. The columns are {names}{(columns.Count > shown ? ", …" : "")}.");
    }
}
