using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m data verify</c>: compares the files of data sets with their checksums.</summary>
internal sealed class DataVerifyCommand : Verb<DataVerifyDocument>
{
    private const string Sound = "ok", Damaged = "damaged", Absent = "absent";

    private const string About = "Compares the files of data sets with their SHA-256.";

    private const string Details =
        """
        Ends with exit code 2 if a file is damaged, or nothing is here of a set that was named.

        Examples:
          t2m data verify              whatever is here
          t2m data verify cifar100
        """;

    private readonly Argument<string[]> _names =
        DataEntries.Argument(ArgumentArity.ZeroOrMore, "Data sets. Default: all that are here.");

    private readonly Option<string?> _root = DataEntries.Root();

    public DataVerifyCommand(Session session)
        : base("verify", About, Details, session, ToolJson.Relaxed.DataVerifyDocument)
    {
        Add(_names);
        Add(_root);
    }

    protected override DataVerifyDocument Run(ParseResult arguments)
    {
        Session.WhenStopped = "Nothing was changed.";
        string[] names = arguments.GetValue(_names)!;
        string? root = arguments.GetValue(_root);
        List<VerifiedFile> files = [];
        foreach (DataEntry entry in names.Length > 0 ? DataEntries.Find(names) : DataCatalog.All)
        {
            VerifiedFile[] ofEntry = [.. entry.Files.Select(file => Verify(entry, file, root))];
            if (names.Length > 0 || ofEntry.Any(file => file.Status != Absent)) files.AddRange(ofEntry);
            if (names.Length > 0 && ofEntry.All(file => file.Status == Absent))
                Session.Warn($"Nothing is here of {entry.Name}. Fetch it: t2m data get {entry.Name}");
        }
        return new(files, files.Count(file => file.Status == Damaged), Session.Warnings);
    }

    protected override int ExitCode(DataVerifyDocument document) =>
        document.Damaged > 0 || document.Warnings.Count > 0 ? ExitCodes.InputWrong : ExitCodes.Done;

    protected override void Print(DataVerifyDocument document, IAnsiConsole console)
    {
        var table = Tables.Texts("Set", "File", "Status", "Remedy");
        foreach (VerifiedFile file in document.Files)
        {
            string remedy = file.Status == Damaged ? "Delete the file and get or make it again." : "";
            table.Add(file.Dataset, file.Place ?? file.Path, file.Status, remedy);
        }
        console.Write(table);
    }

    private VerifiedFile Verify(DataEntry entry, DataFile file, string? root)
    {
        Session.Cancel.ThrowIfCancellationRequested();
        string? place = DataCatalog.Locate(file, root);
        if (place is not null && Session.Progress.IsDue) Session.Progress.Show($"reading {file.Path}");
        string status = place is null ? Absent : DataDownload.IsSound(file, place) ? Sound : Damaged;
        return new(entry.Name, file.Path, place, status);
    }
}
