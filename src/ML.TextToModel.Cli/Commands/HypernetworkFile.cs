using ML.TextToModel.Generators.Hypernetwork;

namespace ML.TextToModel.Cli.Commands;

/// <summary>The requirement hypernetwork that <c>--generator</c> names: the word, or a checkpoint.</summary>
internal static class HypernetworkFile
{
    private const string Shipped = "hypernetwork";

    /// <summary>Whether an option's value names one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool IsNamed(string? generator) =>
        generator is not null && (generator == Shipped || HypernetworkGenerator.IsCheckpoint(generator));

    /// <summary>The generator of that name; the one that ships for null.</summary>
    /// <exception cref="ModelInputException">The file is no checkpoint of one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static HypernetworkGenerator Load(string? generator) =>
        generator is null or Shipped ? HypernetworkGenerator.Shipped : HypernetworkGenerator.Load(generator);
}
