namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>A training of a second: 24 drawn images, 8 steps.</summary>
internal static class DrawnTraining
{
    public const int Steps = 8;

    private static readonly Lazy<byte[]> s_uninterrupted = new(() =>
    {
        using TempFolder folder = new();
        Assert.Equal(ExitCodes.Done, T2m.Run(Arguments(folder["model.t2m"])).Code);
        return File.ReadAllBytes(folder["model.t2m"]);
    });

    /// <summary>The classifier of a training that nobody stopped.</summary>
    public static byte[] Uninterrupted => s_uninterrupted.Value;

    public static string[] Arguments(string path, params string[] more) => Arguments(path, epochs: 4, more);

    public static string[] Arguments(string path, int epochs, params string[] more) =>
    [
        "train", "generic", "--dataset", "drawn", "--per-class", "2", "--batch", "12", "--epochs", $"{epochs}",
        "--out", path, .. more,
    ];
}
