using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>Which columns of a table a classifier takes, which holds the label, and which are left out.</summary>
/// <param name="Features">The columns that the classifier takes, in its order.</param>
/// <param name="Label">The label column, if there is one.</param>
/// <param name="Unused">The names of all others.</param>
internal sealed record TableColumns(
    IReadOnlyList<TableColumn> Features, TableColumn? Label, IReadOnlyList<string> Unused)
{
    /// <inheritdoc cref="TableRows.Open"/>
    public static TableColumns Match(
        string path, TableInputs inputs, TableOptions options, bool labelled)
    {
        TableColumn[] all;
        TableColumn? label;
        TableColumn[] offered;
        TableOptions everything = options with { Label = null, Ignore = [], BadRows = BadRows.Report };
        using (TableReader reader = TableReader.Open(path, everything))
        {
            all = [.. reader.Columns];
            label = options.Label is null ? null : Find(reader, options.Label);
            int[] ignored = [.. options.Ignore.Select(name => Find(reader, name).Index)];
            if (label is not null && ignored.Contains(label.Index))
                throw new ModelInputException($"{path}: the label column '{label.Name}' is also ignored.");
            offered = [.. all.Where(column => column != label && !ignored.Contains(column.Index))];
        }

        bool hasNames = options.Columns is not null || all.Any(column => column.Name != $"Column{column.Index + 1}");
        bool byName = inputs.Names.Count > 0
            && (hasNames || inputs.Names.All(name => all.Any(column => column.Name == name)));
        TableColumn[] features = byName ? ByName(path, inputs, offered) : offered;
        if (labelled && label is null)
        {
            TableColumn[] left = [.. offered.Except(features)];
            label = byName && left.Length == 1 ? left[0] : throw new ModelInputException(
                $"{path}: say which column holds the classes, by name or number: --label COL. " +
                $"The columns are {Tables.Some([.. all.Select(column => column.Name)])}.");
        }
        int length = inputs.Columns.Count;
        if (features.Length != length)
        {
            throw new ModelInputException(
                $"{path}: the model takes {length} columns, by their position, and the table has {features.Length} " +
                "beside the label and the ignored ones. Leave columns out with --ignore COL.");
        }
        TableColumn[] unused = [.. all.Except(features).Where(column => column != label)];
        return new(features, label, [.. unused.Select(column => column.Name)]);
    }

    private static TableColumn[] ByName(string path, TableInputs inputs, TableColumn[] offered)
    {
        IReadOnlyList<string> names = inputs.Names;
        string[] missing = [.. names.Where(name => offered.All(column => column.Name != name))];
        TableColumn[] texts = [.. offered.Where(column => column.Kind == ColumnKind.Text)];
        if (missing.Length > 0 && inputs.AreTexts)
        {
            if (texts.Length == names.Count) return texts;
            if (offered.Length == names.Count) return offered;
        }
        if (missing.Length == 0) return [.. names.Select(name => offered.Single(column => column.Name == name))];
        string hint = Nearest.Find(missing[0], offered.Select(column => column.Name)) is { } near
            ? $" Is '{near}' the same? Then name all columns with --columns a,b,…" : "";
        throw new ModelInputException(
            $"{path}: the model takes columns that the table lacks: {Tables.Some(missing)}.{hint} Where the table's " +
            "columns stand in the model's order and only their names differ, --columns gives them the model's names.");
    }

    private static TableColumn Find(TableReader reader, string name)
    {
        try
        {
            return reader.Columns[reader.IndexOf(name)];
        }
        catch (TableException e) when (e.Fault == TableFault.UnknownColumn)
        {
            string hint = Nearest.Hint(name, reader.Columns.Select(column => column.Name));
            throw new ModelInputException(e.Message + hint, e);
        }
    }
}
