using System.Security.Cryptography;

namespace ML.TextToModel.Datasets.Tests;

public sealed class DataDownloadTests : IDisposable
{
    private const int Bytes = 300_000;

    private static readonly byte[] s_content = [.. Enumerable.Range(0, Bytes).Select(i => (byte)(i * i >> 7))];
    private static readonly DataFile s_file =
        new("a/file.bin", Bytes, Convert.ToHexStringLower(SHA256.HashData(s_content)));

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly HttpClient _client = new();

    private string Target => Path.Combine(_folder, "a", "file.bin");

    private string Partial => $"{Target}.partial";

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_fetched_once_and_put_in_place_whole()
    {
        using var server = new LoopbackServer(s_content);
        var reports = new List<long>();
        Assert.True(await Get(server, new Recorder(reports)));
        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal((0, Bytes), (reports[0], reports[^1]));
        Assert.Equal(reports.Order(), reports);
        Assert.False(await Get(server));
        Assert.Equal(["/"], server.Requests);
        Assert.False(File.Exists(Partial));
    }

    [Fact]
    public async Task After_a_lost_connection_it_goes_on_from_there()
    {
        using var server = new LoopbackServer(
            s_content, new Reply { Most = 100_000 }, new Reply { Most = 50_000, HidesSize = true },
            new Reply { Status = 503 });
        await Get(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal(["/", "/ 100000", "/ 150000", "/ 150000"], server.Requests);
    }

    [Fact]
    public async Task A_later_run_goes_on_from_what_an_earlier_one_left()
    {
        using (var lost = new LoopbackServer(
            s_content, [new Reply { Most = 70_000 }, .. Enumerable.Repeat(new Reply { Most = 0 }, 5)]))
        {
            string message = (await Assert.ThrowsAsync<ModelInputException>(() => Get(lost))).Message;
            Assert.StartsWith($"{lost.Address} cannot be fetched: ", message);
            Assert.EndsWith("70,000 of 300,000 bytes are kept; the same command goes on from there.", message);
        }
        Assert.False(File.Exists(Target));
        Assert.Equal(s_content[..70_000], File.ReadAllBytes(Partial));
        using var server = new LoopbackServer(s_content);
        await Get(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal(["/ 70000"], server.Requests);
    }

    [Fact]
    public async Task A_server_that_ignores_ranges_sends_it_all_again()
    {
        using var server = new LoopbackServer(
            s_content, new Reply { Most = 100_000 }, new Reply { IgnoresRanges = true });
        await Get(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Parts_that_were_not_asked_for_are_not_used()
    {
        using var server = new LoopbackServer(
            s_content, new Reply { Most = 100_000 }, new Reply { Shift = 5 }, new Reply { Most = 9 },
            new Reply { Status = 416 });
        await Get(server);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
        Assert.Equal(["/", "/ 100000", "/", "/ 9", "/"], server.Requests);
    }

    [Fact]
    public async Task Wrong_bytes_are_refused_and_not_kept()
    {
        using var server = new LoopbackServer(s_content, new Reply { Wrong = true });
        Assert.Contains("another SHA-256 than",
            (await Assert.ThrowsAsync<ModelInputException>(() => Get(server))).Message);
        Assert.False(File.Exists(Target));
        Assert.Equal(0, new FileInfo(Partial).Length);
    }

    [Fact]
    public async Task What_was_left_of_another_file_is_dropped()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Partial)!);
        foreach (int length in new[] { 1_000, Bytes, Bytes + 1 })
        {
            File.WriteAllBytes(Partial, new byte[length]);
            using var server = new LoopbackServer(s_content);
            Assert.True(await Get(server));
            Assert.Equal(s_content, File.ReadAllBytes(Target));
            File.Delete(Target);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_another_size_is_refused(bool hidden)
    {
        using var server = new LoopbackServer(s_content, new Reply { Extra = 3, HidesSize = hidden });
        Assert.Contains("it was changed at its source",
            (await Assert.ThrowsAsync<ModelInputException>(() => Get(server))).Message);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_asked_for_again()
    {
        using var server = new LoopbackServer(s_content, new Reply { Status = 404 });
        Assert.Contains("the server answers 404",
            (await Assert.ThrowsAsync<ModelInputException>(() => Get(server))).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_stands_still_is_given_up()
    {
        using var server = new LoopbackServer(s_content, new Reply { Most = 10_000, Stalls = true });
        await Get(server, patience: TimeSpan.FromMilliseconds(300));
        Assert.Equal(["/", "/ 10000"], server.Requests);
        Assert.Equal(s_content, File.ReadAllBytes(Target));
    }

    [Fact]
    public async Task Stopped_it_keeps_what_has_come()
    {
        using var server = new LoopbackServer(s_content, new Reply { Most = 10_000, Stalls = true });
        using var stop = new CancellationTokenSource();
        var stopping = new Recorder([]) { Stop = stop, StopAt = 10_000 };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Get(server, stopping));
        Assert.Equal(s_content[..10_000], File.ReadAllBytes(Partial));
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        File.WriteAllBytes(Target, new byte[Bytes]);
        using var server = new LoopbackServer(s_content);
        Assert.True(await Get(server));
        Assert.True(DataDownload.IsSound(s_file, Target));
    }

    [Fact]
    public void The_catalog_names_each_set_and_file_once()
    {
        Assert.Equal(DataCatalog.All.Count, DataCatalog.All.Select(entry => entry.Name).Distinct().Count());
        DataFile[] files = [.. DataCatalog.All.SelectMany(entry => entry.Files)];
        Assert.Equal(files.Length, files.Select(file => file.Path).Distinct().Count());
        Assert.All(files, file => Assert.Matches("^[0-9a-f]{64}$", file.Sha256));
        Assert.All(files.Where(f => f.Address is not null), f => Assert.StartsWith("https://", f.Address));
        Assert.Equal(
            UciTables.All.Select(table => table.Name),
            DataCatalog.All.Where(entry => entry.Kind == "table").Select(entry => entry.Name));
    }

    [Fact]
    public void The_shared_files_are_those_of_the_catalog()
    {
        TestInput.Shared("image");
        foreach (DataFile file in DataCatalog.All.SelectMany(entry => entry.Files))
            if (DataCatalog.Locate(file) is { } path) Assert.True(DataDownload.IsSound(file, path), path);
    }

    private Task<bool> Get(LoopbackServer server, Recorder? progress = null, TimeSpan? patience = null)
    {
        CancellationToken cancel = progress?.Stop?.Token ?? TestContext.Current.CancellationToken;
        var download = new DataDownload(_client)
        {
            Pause = TimeSpan.FromMilliseconds(1), Patience = patience ?? TimeSpan.FromSeconds(30),
        };
        return download.GetAsync(s_file, server.Address, Target, progress, cancel);
    }

    private sealed class Recorder(List<long> bytes) : IProgress<DownloadProgress>
    {
        /// <summary>Stopped when so much is there.</summary>
        public CancellationTokenSource? Stop { get; init; }

        public long StopAt { get; init; }

        public void Report(DownloadProgress value)
        {
            bytes.Add(value.Bytes);
            if (value.Bytes == StopAt) Stop?.Cancel();
        }
    }
}
