namespace ML.TextToModel.Generators.InContext;

/// <summary>The sizes of an <see cref="InContextNetwork"/>; a checkpoint holds them.</summary>
public sealed record InContextOptions
{
    /// <summary>Hidden units of the generated network, one token each. Default 64.</summary>
    public int Units { get; init; } = 64;

    /// <summary>Numbers of the random codes that tell classes, and features, apart. Default 16.</summary>
    public int CodeLength { get; init; } = 16;

    /// <summary>Channels of a token. Default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Blocks. Default 4.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Attention heads; they divide the width. Default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Hidden channels of a feed-forward part. Default 256.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>What is wrong with the sizes, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        const int most = 4096;
        const long mostWeights = 1 << 26;   // far more than can ship; a hostile checkpoint must not allocate at will
        foreach ((string name, int value) in new[]
        {
            ("units", Units), ("code length", CodeLength), ("width", Width), ("layers", Layers),
            ("heads", Heads), ("hidden", Hidden),
        })
            if (value is < 1 or > most) yield return $"The size '{name}' is {value}, not between 1 and {most}.";
        if ((long)Layers * Width * (14 * Width + 6 * Hidden) > mostWeights)
            yield return $"{Layers} layers of width {Width} have more than {mostWeights:N0} weights.";
        if (Heads > 0 && Width % Heads != 0) yield return $"{Heads} heads do not divide the width {Width}.";
    }
}
