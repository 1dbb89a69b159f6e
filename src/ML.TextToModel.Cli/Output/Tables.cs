using Spectre.Console;

namespace ML.TextToModel.Cli.Output;

/// <summary>Tables for people.</summary>
internal static class Tables
{
    /// <summary>Names on the left, values on the right.</summary>
    public static void WritePairs(this IAnsiConsole console, params IEnumerable<(string Name, string Value)> pairs)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn { NoWrap = true });
        grid.AddColumn();
        foreach ((string name, string value) in pairs)
            grid.AddRow(new Text(name, new Style(Color.Grey)), new Text(value));
        console.Write(grid);
    }

    /// <summary>A table whose first column is of names, the others of numbers.</summary>
    public static Table Numbers(string title, string names, params IEnumerable<string> numbers)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)) };
        table.AddColumn(new TableColumn(new Text(names)));
        foreach (string number in numbers) table.AddColumn(new TableColumn(new Text(number)).RightAligned());
        return table;
    }

    /// <summary>A table of texts.</summary>
    public static Table Texts(params IEnumerable<string> headings)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (string heading in headings) table.AddColumn(new TableColumn(new Text(heading)));
        return table;
    }

    public static void Add(this Table table, params IEnumerable<string> cells) =>
        table.AddRow(cells.Select(cell => new Text(cell)));

    public static string Percent(double? share) => share is { } value ? $"{100 * value:F1} %" : "-";

    public static string Figure(double? value) => value is { } number ? $"{number:F4}" : "-";

    /// <summary>The first few of many names.</summary>
    public static string Some(IReadOnlyList<string> names, int shown = 12) =>
        string.Join(", ", names.Take(shown)) + (names.Count > shown ? $", … ({names.Count - shown} more)" : "");
}
