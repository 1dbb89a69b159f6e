using System.Diagnostics;
using ML.TextToModel.Cli.Tests.Support;

namespace ML.TextToModel.Cli.Tests;

/// <summary>What is left of a zoo and of a training of Tina when their process is killed at any moment.</summary>
public sealed class KilledTests : IDisposable
{
    private const int Kills = 3;

    private readonly TempFolder _folder = new();

    public KilledTests() =>
        Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(_folder["generic.t2m"])).Code);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_zoo_whose_build_is_killed_ends_with_the_same_bits()
    {
        Assert.Equal(ExitCodes.Done, T2m.Run(Zoo(_folder["whole"])).Code);
        KillAndFinish(Zoo(_folder["killed"]), _folder["killed"]);
        Assert.Equal(Files("whole").Keys, Files("killed").Keys);
        Assert.All(Files("whole"), file => Assert.Equal(file.Value, Files("killed")[file.Key]));
        Assert.Equal(9, Files("whole").Count);   // eight of p-models and the index, and no state
    }

    [Theory, InlineData("task"), InlineData("joint")]
    public void A_training_of_Tina_that_is_killed_ends_with_the_same_bits(string objective)
    {
        Assert.Equal(ExitCodes.Done, T2m.Run(Zoo(_folder["zoo"])).Code);
        Assert.Equal(ExitCodes.Done, T2m.Run(Tina("whole.safetensors")).Code);
        KillAndFinish(Tina("killed.safetensors"), _folder.ToString());
        Assert.Equal(
            File.ReadAllBytes(_folder["whole.safetensors"]), File.ReadAllBytes(_folder["killed.safetensors"]));
        Assert.False(File.Exists(_folder["killed.safetensors.state"]));

        string[] Tina(string checkpoint) =>
        [
            "train", "tina", "--generic", _folder["generic.t2m"], "--dataset", "drawn", "--steps", "60", "--tasks", "2",
            "--images", "8", "--min-classes", "4", "--max-classes", "4", "--width", "32", "--layers", "1", "--hidden",
            "32", "--objective", objective, "--zoo", _folder["zoo"], "--save-every", "0", "-o", _folder[checkpoint],
        ];
    }

    private string[] Zoo(string folder) =>
    [
        "zoo", "build", "--generic", _folder["generic.t2m"], "--dataset", "drawn", "--tasks", "8", "--classes", "4",
        "--together", "1", "--epochs", "2", "-o", folder,
    ];

    /// <summary>Kills the command thrice after it has written something, then lets it run to its end.</summary>
    private void KillAndFinish(string[] arguments, string written)
    {
        for (int kill = 0; kill < Kills; kill++)
        {
            using Process process = T2m.Start(_folder, arguments);
            string before = State();
            while (!process.HasExited && State() == before) Thread.Sleep(1);
            Assert.False(process.HasExited, "it was done before it could be killed");
            process.Kill();
            process.WaitForExit();
        }
        Result result = T2m.RunProcess(_folder, arguments);
        Assert.True(result.Code == ExitCodes.Done, result.Error);

        string State() => Directory.Exists(written)
            ? string.Join('\n', new DirectoryInfo(written).EnumerateFiles()
                .Select(file => $"{file.Name} {file.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal))
            : "";
    }

    /// <summary>All but what a kill left of a file while it was written.</summary>
    private Dictionary<string, byte[]> Files(string folder) => Directory.EnumerateFiles(_folder[folder])
        .Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
}
