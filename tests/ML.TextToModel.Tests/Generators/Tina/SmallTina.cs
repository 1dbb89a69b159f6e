using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina.Tests;

/// <summary>Networks small enough for tests.</summary>
internal static class SmallTina
{
    public static CnnSpec Spec(int classes = 4) => new() { Classes = classes, Channels = [4, 6], Strides = [4, 2] };

    public static TinaOptions Options(TokenLayout tokens) => new()
    {
        Tokens = tokens, ChunkSize = 50, ConditionLength = 5, MaxClasses = 4, Width = 16, Layers = 2, Heads = 2,
        Hidden = 24,
    };

    /// <summary>A network whose zero-initialised parts are no longer zero.</summary>
    public static TinaNetwork Trained(TokenLayout tokens, ulong seed = 1, bool merged = false)
    {
        Rng rng = new(seed);
        TinaNetwork network = new(Options(tokens) with { MergedText = merged }, Spec(), [1, 2, 0.5f, 0.1f], rng);
        foreach ((string name, Tensor weight) in network.Parameters)
        {
            float[] change = new float[weight.Count];
            rng.Split(name).FillNormal(change, 0, 0.1);
            Span<float> values = weight.AsSpan();
            for (int i = 0; i < change.Length; i++) values[i] += change[i];
        }
        return network;
    }

    public static Tensor Conditions(int batch, int classes, ulong seed = 2) =>
        Tensor.Normal([batch, classes, 5], new Rng(seed));
}
