using System.Text.Json.Serialization;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>The sizes of a requirement hypernetwork; a checkpoint holds them.</summary>
public sealed record HypernetworkOptions
{
    private readonly int[] _hidden = [8, 8, 8, 8, 8];

    /// <summary>Numbers of a text's vector. Default 96.</summary>
    public int ConditionLength { get; init; } = 96;

    /// <summary>Channels of the network, from 1. Default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>
    /// Blocks of leaky ReLU, linear layer and dropout, from 0 (ModelGPT, arXiv 2402.12408, has three). Default 3.
    /// </summary>
    public int Layers { get; init; } = 3;

    /// <summary>Hidden units of the networks emitted for tables. Default five layers of 8, as in the paper.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Hidden { get => _hidden; init => _hidden = [.. value]; }

    /// <summary>
    /// Features of a frozen backbone for which it emits heads; 0, the default, for networks of tables.
    /// </summary>
    public int Features { get; init; }

    /// <summary>The rank of the adapter between backbone and class rows, from 1. Default 8.</summary>
    public int Rank { get; init; } = 8;

    /// <summary>What is wrong with the sizes, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        const int most = 1 << 12, mostLayers = 32, mostFeatures = 1 << 16;
        foreach ((string name, int value) in new[]
        {
            ("condition length", ConditionLength), ("width", Width), ("rank", Rank),
        })
            if (value is < 1 or > most) yield return $"The size '{name}' is {value}, not between 1 and {most}.";
        if (Layers is < 0 or > mostLayers) yield return $"{Layers} blocks are not between 0 and {mostLayers}.";
        if (Hidden.Count is < 1 or > mostLayers || Hidden.Any(units => units is < 1 or > most))
            yield return $"Hidden layers are 1 to {mostLayers}, of 1 to {most} units each.";
        if (Features is < 0 or > mostFeatures) yield return $"{Features} features are not up to {mostFeatures}.";
    }

    /// <summary>Weights that a network of these sizes has at least.</summary>
    internal long LeastWeights => (Features == 0 ? 3 : 2) * (long)Width * (ConditionLength + (long)Layers * Width)
        + Width * (Features == 0 ? (long)SharedWeights : 2L * Features * Rank + Features);

    /// <summary>Weights of an emitted network of tables that belong to no column and no class.</summary>
    internal int SharedWeights
    {
        get
        {
            long sum = Hidden[0];
            for (int i = 1; i < Hidden.Count; i++) sum += Hidden[i] * (Hidden[i - 1] + 1L);
            return (int)Math.Min(int.MaxValue, sum);
        }
    }

    /// <inheritdoc/>
    public bool Equals(HypernetworkOptions? other) => other is not null
        && (ConditionLength, Width, Layers, Features, Rank)
            == (other.ConditionLength, other.Width, other.Layers, other.Features, other.Rank)
        && Hidden.SequenceEqual(other.Hidden);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ConditionLength, Width, Layers, Features, Rank);
}
