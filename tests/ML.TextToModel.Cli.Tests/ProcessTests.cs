using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Tests;

/// <summary>The built tool as a process of its own: streams, signals, exit codes.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_verb_prints_one_json_document_and_nothing_else()
    {
        string model = Models.Boxes(_folder);
        string rows = _folder.Write("rows.csv", "width,height,kind\n3,0,wide\n0,3,tall\n");
        Result[] results =
        [
            T2m.RunProcess(_folder, DrawnTraining.Arguments("drawn.t2m", "--json")),
            T2m.RunProcess(_folder, "eval", model, rows, "--json"),
            T2m.RunProcess(_folder, "predict", model, rows, "--json"), T2m.RunProcess(_folder, "show", model, "--json"),
            T2m.RunProcess(_folder, "show", "absent.t2m", "--json"),
        ];
        string[] schemas = ["train-generic", "eval", "predict", "show", "error"];
        Assert.Equal([0, 0, 0, 0, 2], results.Select(result => result.Code));
        for (int i = 0; i < results.Length; i++) results[i].Json(schemas[i]);
        Assert.All(results[..4], result => Assert.Equal("", result.Error));   // no progress where no terminal is
        Assert.Equal(DrawnTraining.Uninterrupted, File.ReadAllBytes(_folder["drawn.t2m"]));
    }

    [Theory]
    [InlineData(20, 12_000_000)]    // as many rows and fields as are kept; more of them change nothing
    [InlineData(500, 12_000_000)]   // many columns
    public void A_large_table_is_learned_from_in_300_megabytes(int columns, int bytes)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Reads the peak of another process from /proc.");
        WriteTable("large.csv", columns, bytes);
        using Process process =
            T2m.Start(_folder, "generate", "--data", "large.csv", "--label", "label", "-o", "m.t2m");
        long peak = 0;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(20))) peak = Math.Max(peak, Peak(process.Id));
        Result result = T2m.Finish(process);
        Assert.True(result.Code == ExitCodes.Done, result.Error);
        Assert.Contains("drawn evenly from the file", result.Error);
        Assert.InRange(peak, 30_000, 300_000);
    }

    [Fact]
    public void Predictions_go_to_standard_output_as_utf8_without_a_mark()
    {
        string rows = _folder.Write("rows.csv", "width,height\n3,0\n");
        Result result = T2m.RunProcess(_folder, "predict", Models.Boxes(_folder), rows);
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        Assert.StartsWith("PredictedLabel,Probability.wide", result.Out);
        Assert.EndsWith("\n", result.Out);
    }

    [Fact]
    public void Without_the_data_set_it_says_where_to_get_it_and_what_else_to_do()
    {
        Result result = T2m.RunProcess(_folder, "train", "generic");
        result.AssertRefused("cifar100: the data set was not found.");
        Assert.Contains("https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz", result.Error);
        Assert.Contains("T2M_DATA", result.Error);
        Assert.EndsWith("Or train on images that t2m draws itself: --dataset drawn\n", result.Error);
    }

    [Theory]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public void A_signal_stops_a_training_within_a_second_and_the_same_command_goes_on(int signal)
    {
        if (signal == Interrupt && IsIgnored(signal))
            Assert.Skip("Whoever started the tests ignores SIGINT, and so does every child.");
        string[] arguments = DrawnTraining.Arguments("model.t2m", epochs: 1_000_000, "--save-every", "0.2");
        TimeSpan fastest = TimeSpan.MaxValue;
        int at = 0;
        // Three tries, as others may keep the machine busy for a moment.
        for (int attempt = 0; attempt < 3 && fastest > TimeSpan.FromSeconds(1); attempt++)
        {
            using Process process = T2m.Start(_folder, arguments);
            WaitUntil(() => process.HasExited || Step() > at);
            long sent = Stopwatch.GetTimestamp();
            Assert.Equal(0, Kill(process.Id, signal));
            Result result = T2m.Finish(process);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, Stopwatch.GetElapsedTime(sent).Ticks));
            Assert.Equal(new Result(ExitCodes.Stopped, "",
                "Stopped. What is done is kept in model.t2m.state; run the same command again to go on.\n"), result);
            Assert.True(Step() > at);
            at = Step();
        }
        Assert.InRange(fastest.TotalSeconds, 0, 1);
    }

    [Fact]
    public async Task A_signal_ends_within_a_second_even_what_does_not_listen()
    {
        // The data set is a pipe into which nobody writes.
        string folder = _folder["t2m/data/image/cifar100"], pipe = Path.Combine(folder, "train.bin");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "test.bin"), "");
        WriteNames("fine_label_names.txt", 100);
        WriteNames("coarse_label_names.txt", 20);
        Assert.Equal(0, MakePipe(pipe, 0x1A4));
        using Process process = T2m.Start(_folder, "train", "generic", "--json");
        Task<FileStream> opened = Task.Run(
            () => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        using FileStream silent = await opened.WaitAsync(
            TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        long sent = Stopwatch.GetTimestamp();
        Assert.Equal(0, Kill(process.Id, Terminate));
        Result result = T2m.Finish(process);
        Assert.InRange(Stopwatch.GetElapsedTime(sent).TotalSeconds, 0, 2);   // a second, on a machine with time for it
        Assert.Equal(ExitCodes.Stopped, result.Code);
        Assert.Equal("Stopped. Nothing was written; run the same command again.\n", result.Error);
        result.Json("error");

        void WriteNames(string file, int count) => File.WriteAllLines(
            Path.Combine(folder, file), Enumerable.Range(0, count).Select(i => $"class {i}"));
    }

    [Fact]
    public void Killed_at_any_moment_the_same_command_goes_on_to_the_same_bits()
    {
        string[] arguments = DrawnTraining.Arguments("model.t2m", "--save-every", "0");
        for (int kill = 0; kill < 3; kill++)
        {
            using Process process = T2m.Start(_folder, arguments);
            int before = Step();
            WaitUntil(() => process.HasExited || Step() > before);
            process.Kill();
            process.WaitForExit();
        }
        Result result = T2m.RunProcess(_folder, [.. arguments, "--json"]);
        Assert.True(result.Code == ExitCodes.Done, result.Error);
        Assert.Equal(DrawnTraining.Uninterrupted, File.ReadAllBytes(_folder["model.t2m"]));
        Assert.False(File.Exists(_folder["model.t2m.state"]));
    }

    private void WriteTable(string file, int columns, int bytes)
    {
        Rng rng = new(6);
        using StreamWriter csv = new(_folder[file]);
        csv.WriteLine(string.Join(',', Enumerable.Range(0, columns).Select(i => $"x{i}")) + ",label");
        string[] rows = [.. Enumerable.Range(0, 200).Select(_ => string.Concat(
            Enumerable.Range(0, columns).Select(_ => FormattableString.Invariant($"{rng.NextNormal():F5},"))))];
        for (int written = 0, i = 0; written < bytes; written += rows[i++ % rows.Length].Length)
            csv.WriteLine($"{rows[i % rows.Length]}{(i % 3 == 0 ? "a" : "b")}");
    }

    /// <summary>The most memory that a process had at a time, in kilobytes; 0 where it is gone.</summary>
    private static long Peak(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>The step that the state keeps; -1 where there is none.</summary>
    private int Step()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(_folder["model.t2m.state"]);
        }
        catch (FileNotFoundException)
        {
            return -1;
        }
        int length = (int)BitConverter.ToInt64(bytes);
        JsonElement header = JsonDocument.Parse(bytes.AsMemory(8, length)).RootElement;
        return int.Parse(header.GetProperty("__metadata__").GetProperty("step").GetString()!);
    }

    private static void WaitUntil(Func<bool> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "nothing happened for a minute");
            Thread.Sleep(10);
        }
    }

    private static bool IsIgnored(int signal)
    {
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return false;
        string line = File.ReadLines(status).First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong mask = ulong.Parse(line[7..].Trim(), System.Globalization.NumberStyles.HexNumber);
        return (mask >> (signal - 1) & 1) == 1;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
