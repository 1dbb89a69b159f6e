using ML.TextToModel.Tensors.Layers;

namespace ML.TextToModel.Tensors.Tests.Golden;

/// <summary>The three networks of the golden file, of an input and then their parameters.</summary>
internal static class GoldenNetworks
{
    public static Tensor GptBlock(GoldenCase c, Tensor[] inputs)
    {
        // B batch, T tokens, D width, H heads.
        Dictionary<string, Tensor> p = Parameters(c, inputs);
        Tensor x = inputs[0];
        (int batch, int tokens, int width, int heads) = (x.Shape[0], x.Shape[1], x.Shape[2], c.Int("heads"));
        Tensor h = x.LayerNorm(p["norm1.weight"], p["norm1.bias"], c.Float("epsilon"));
        Tensor qkv = h.Linear(p["qkv.weight"], p["qkv.bias"])
            .Reshape(batch, tokens, 3, heads, width / heads).Permute(2, 0, 3, 1, 4);   // (3, B, H, T, D / H)
        Tensor mixed = MultiHeadAttention.Attend(Part(0), Part(1), Part(2));   // (B, H, T, D / H)
        mixed = mixed.Transpose(1, 2).Reshape(batch, tokens, width);
        x = x + mixed.Linear(p["out.weight"], p["out.bias"]);
        h = x.LayerNorm(p["norm2.weight"], p["norm2.bias"], c.Float("epsilon"));
        return x + h.Linear(p["up.weight"], p["up.bias"]).Gelu().Linear(p["down.weight"], p["down.bias"]);

        Tensor Part(int i) => qkv.Narrow(0, i, 1).Squeeze(0);
    }

    public static Tensor TinaCnn(GoldenCase c, Tensor[] inputs)
    {
        Dictionary<string, Tensor> p = Parameters(c, inputs);
        Tensor h = inputs[0].Convolve(p["conv1.weight"], stride: 2, padding: 1, relu: true);
        h = h.Convolve(p["conv2.weight"], stride: 1, padding: 1, relu: true);
        return Pooling.GlobalAverage(h).Linear(p["head.weight"], p["head.bias"]);
    }

    public static Tensor SkipMlp(GoldenCase c, Tensor[] inputs)
    {
        Dictionary<string, Tensor> p = Parameters(c, inputs);
        Tensor h = inputs[0].Linear(p["hidden1.weight"], p["hidden1.bias"]).Relu();
        h = h.Linear(p["hidden2.weight"], p["hidden2.bias"]).Relu();
        return h.Linear(p["head.weight"], p["head.bias"]) + inputs[0].Linear(p["skip.weight"]);
    }

    /// <summary>The loss that the golden gradients of a network are those of.</summary>
    public static Tensor Loss(GoldenCase c, Tensor output) =>
        c.Has("labels") ? output.CrossEntropy(c.Ints("labels")) : output.Square().Mean();

    private static Dictionary<string, Tensor> Parameters(GoldenCase c, Tensor[] inputs) =>
        c.Strings("parameters").Zip(inputs.Skip(1)).ToDictionary();
}
