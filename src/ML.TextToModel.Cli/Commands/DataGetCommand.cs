using System.CommandLine;
using ML.TextToModel.Cli.Output;
using ML.TextToModel.Datasets;
using Spectre.Console;

namespace ML.TextToModel.Cli.Commands;

/// <summary><c>t2m data get</c>: fetches data sets from where their authors offer them.</summary>
internal sealed class DataGetCommand : Verb<DataGetDocument>
{
    private const string About = "Fetches data sets from where their authors offer them, and checks their SHA-256.";

    private const string Details =
        """
        What has come is kept in NAME.partial: after Ctrl-C or a lost connection the same command
        goes on from there. A file gets its name only when it is complete and right.

        Examples:
          t2m data get cifar100
          t2m data get iris wine car --root data
          t2m data get cifar100 --mirror http://server/t2m    from there, by the paths that
                                                              t2m data list --json shows
        """;

    private readonly Argument<string[]> _names = DataEntries.Argument(ArgumentArity.OneOrMore, "Data sets.");

    private readonly Option<string?> _root = DataEntries.Root();

    private readonly Option<string?> _mirror = new("--mirror")
    {
        Description = "Fetch all files from here in place of their own addresses, those without one included.",
        HelpName = "URL",
    };

    public DataGetCommand(Session session) : base("get", About, Details, session, ToolJson.Relaxed.DataGetDocument)
    {
        Add(_names);
        Add(_root);
        Add(_mirror);
    }

    protected override DataGetDocument Run(ParseResult arguments)
    {
        long start = Session.Time.GetTimestamp();
        string root = arguments.GetValue(_root) ?? KnownDatasets.Roots[0];
        Uri? mirror = Mirror(arguments.GetValue(_mirror));
        IReadOnlyList<DataEntry> entries = DataEntries.Find(arguments.GetValue(_names)!);
        foreach (DataEntry entry in entries)
            if (mirror is null && entry.Offered.Count == 0) throw NotOffered(entry);

        Session.WhenStopped = "What has come is kept; the same command goes on from there.";
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("t2m");
        var download = new DataDownload(client) { Time = Session.Time };
        List<FetchedFile> files = [];
        foreach (DataEntry entry in entries)
        {
            Session.Warn($"{entry.Name} is used under these terms: {entry.Terms}.");
            foreach (DataFile file in entry.Offered.Count > 0 ? entry.Offered : entry.Files)
            {
                string target = Path.Combine(root, file.Path);
                Uri address = mirror is null ? new Uri(file.Address!) : new Uri(mirror, file.Path);
                bool fetched = download.GetAsync(file, address, target, new SizeLine(Session), Session.Cancel)
                    .GetAwaiter().GetResult();
                files.Add(new FetchedFile(entry.Name, target, file.Bytes, file.Sha256, fetched));
            }
        }
        return new(root, files, Session.Time.GetElapsedTime(start).TotalSeconds, Session.Warnings);
    }

    protected override void Print(DataGetDocument document, IAnsiConsole console)
    {
        if (Session.Quiet) return;
        console.WritePairs(document.Files.Select(file => (
            file.Fetched ? "fetched" : "was here", $"{file.Path} ({file.Bytes:N0} bytes)")));
    }

    private static Uri? Mirror(string? address)
    {
        if (address is null) return null;
        bool valid = Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri);
        if (valid && uri!.Scheme is ("http" or "https")) return uri;
        throw new ModelInputException($"--mirror is an address that begins with http:// or https://, not '{address}'.");
    }

    private static ModelInputException NotOffered(DataEntry entry) => new(
        $"{entry.Name} cannot be fetched: its files were made from what {entry.Source} offers ({entry.Terms}). Put " +
        $"them where t2m data list --json says, below {KnownDatasets.RootVariable}, or name a --mirror that has them.");

    /// <summary>Shows how far a download is.</summary>
    private sealed class SizeLine(Session session) : IProgress<DownloadProgress>
    {
        private readonly long _start = session.Time.GetTimestamp();
        private long? _first;

        public void Report(DownloadProgress value)
        {
            _first ??= value.Bytes;
            if (!session.Progress.IsDue) return;
            double seconds = Math.Max(1e-3, session.Time.GetElapsedTime(_start).TotalSeconds);
            double speed = (value.Bytes - _first.Value) / seconds;
            session.Progress.Show($"{Path.GetFileName(value.File.Path)}  {value.Bytes / 1e6:F1} of " +
                $"{value.File.Bytes / 1e6:F1} MB  {speed / 1e6:F1} MB/s");
        }
    }
}
