using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m data list</c>: names the known data sets.</summary>
internal sealed class DataListCommand : Verb<DataListDocument>
{
    private const string About = "Lists the known data sets: size, terms, source, and whether they are here.";

    private const string Details =
        """
        A set is here if one of its files is; t2m data verify looks at each of them. Sets that
        cannot be fetched were made from what their authors offer at the source.

        Examples:
          t2m data list               what there is
          t2m data list --json        with every file, its size, SHA-256 and address
        """;

    private readonly Option<string?> _root = DataEntries.Root();

    public DataListCommand(Session session)
        : base("list", About, Details, session, ToolJson.Relaxed.DataListDocument) => Add(_root);

    protected override DataListDocument Run(ParseResult arguments)
    {
        string? root = arguments.GetValue(_root);
        return new(root is null ? KnownDatasets.Roots : [root], [.. DataCatalog.All.Select(entry => new DataSetInfo(
            entry.Name, entry.Kind, entry.About, entry.Source, entry.Terms, IsPresent(entry), entry.Offered.Count > 0,
            entry.Files))]);

        bool IsPresent(DataEntry entry) => entry.Files.Any(file => DataCatalog.Locate(file, root) is not null);
    }

    protected override void Print(DataListDocument document, IAnsiConsole console)
    {
        var table = Tables.Texts("Name", "Here", "Get", "MB", "Holds", "Terms", "Source");
        foreach (DataSetInfo set in document.Datasets)
        {
            IEnumerable<DataFile> offered = set.Files.Where(file => file.Address is not null);
            long bytes = (set.CanBeFetched ? offered : set.Files).Sum(file => file.Bytes);
            table.Add(set.Name, YesNo(set.Present), YesNo(set.CanBeFetched), $"{bytes / 1e6:N2}", set.About, set.Terms,
                set.Source);
        }
        console.Write(table);
        console.WritePairs(("looked in", string.Join(", ", document.Roots)));

        static string YesNo(bool value) => value ? "yes" : "no";
    }
}
