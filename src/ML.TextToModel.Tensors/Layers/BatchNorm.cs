using ML.TextToModel.Tensors.Memory;

namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Batch normalisation of channels-last images (Ioffe and Szegedy 2015), with a learned scale and shift. In training it
/// uses the batch's own statistics and keeps a running mean of them, which <see cref="Fold"/> takes.
/// </summary>
public sealed class BatchNorm
{
    private readonly float _epsilon, _momentum;

    /// <summary>
    /// Makes <c>weight</c> and <c>bias</c> of shape (channels), and in <paramref name="statistics"/>
    /// <paramref name="name"/>/mean and <paramref name="name"/>/variance.
    /// </summary>
    /// <param name="parameters">Where weight and bias are made.</param>
    /// <param name="statistics">Where the running statistics are kept; no gradient is asked for them.</param>
    /// <param name="name">Their name there.</param>
    /// <param name="channels">The length of the last axis.</param>
    /// <param name="momentum">The share of the newest batch in the running statistics. Default 0.1, as PyTorch.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNorm(
        ParameterBuilder parameters, ParameterSet statistics, string name, int channels, float momentum = 0.1f,
        float epsilon = 1e-5f)
    {
        (_epsilon, _momentum) = (epsilon, momentum);
        Weight = parameters.Create("weight", [channels], Initializers.Ones);
        Bias = parameters.Create("bias", [channels], Initializers.Zeros);
        RunningMean = statistics.Add($"{name}/mean", Kept(channels, 0));
        RunningVariance = statistics.Add($"{name}/variance", Kept(channels, 1));
    }

    /// <summary>The scale γ, shape (channels).</summary>
    public Tensor Weight { get; }

    /// <summary>The shift β, shape (channels).</summary>
    public Tensor Bias { get; }

    /// <summary>The running mean, shape (channels).</summary>
    public Tensor RunningMean { get; }

    /// <summary>The running variance, of a population (divided by n - 1), shape (channels).</summary>
    public Tensor RunningVariance { get; }

    /// <summary>
    /// (…, channels) → (…, channels) with the batch's statistics; changes the running ones.
    /// </summary>
    public Tensor Forward(Tensor x, bool relu = false)
    {
        Tensor y = x.BatchNorm(Weight, Bias, _epsilon, relu, out Tensor statistics);
        int channels = Weight.Count, rows = x.Count / channels;
        float unbiased = rows > 1 ? rows / (rows - 1f) : 1;
        Span<float> s = statistics.AsSpan(), mean = RunningMean.AsSpan(), variance = RunningVariance.AsSpan();
        for (int c = 0; c < channels; c++)
        {
            mean[c] += _momentum * (s[c] - mean[c]);
            variance[c] += _momentum * (s[channels + c] * unbiased - variance[c]);
        }
        return y;
    }

    /// <summary>
    /// The weight and bias of a convolution that does what one without bias does with this behind it, by the running
    /// statistics: (outputs, …) and (outputs).
    /// </summary>
    public (float[] Weight, float[] Bias) Fold(Tensor convolution)
    {
        float[] weight = convolution.ToArray(), bias = new float[Weight.Count];
        int each = weight.Length / bias.Length;
        for (int c = 0; c < bias.Length; c++)
        {
            double scale = Weight.AsSpan()[c] / Math.Sqrt(RunningVariance.AsSpan()[c] + (double)_epsilon);
            for (int i = c * each; i < (c + 1) * each; i++) weight[i] = (float)(weight[i] * scale);
            bias[c] = (float)(Bias.AsSpan()[c] - RunningMean.AsSpan()[c] * scale);
        }
        return (weight, bias);
    }

    private static Tensor Kept(int channels, float value)
    {
        Tensor tensor = new(new Storage(channels), 0, [channels], [1]);
        tensor.AsSpan().Fill(value);
        return tensor;
    }
}
