namespace ML.TextToModel.Tensors.Layers;

/// <summary>Fills a new weight.</summary>
public delegate void Initializer(Span<float> values, Rng rng);

/// <summary>The usual ways to fill new weights.</summary>
public static class Initializers
{
    /// <summary>All 0.</summary>
    public static Initializer Zeros { get; } = static (values, _) => values.Clear();

    /// <summary>All 1.</summary>
    public static Initializer Ones { get; } = static (values, _) => values.Fill(1);

    /// <summary>Normal with mean 0.</summary>
    public static Initializer Normal(double deviation) => (values, rng) => rng.FillNormal(values, 0, deviation);

    /// <summary>Uniform in [-bound, bound).</summary>
    public static Initializer Uniform(double bound) => (values, rng) => rng.FillUniform(values, -bound, bound);

    /// <summary>
    /// Uniform in ±1/√inputs: PyTorch's default for linear and convolution layers, weights and biases.
    /// </summary>
    public static Initializer FanIn(int inputs) => Uniform(1 / Math.Sqrt(Math.Max(1, inputs)));

    /// <summary>Uniform in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010).</summary>
    public static Initializer Xavier(int inputs, int outputs) => Uniform(Math.Sqrt(6.0 / (inputs + outputs)));

    /// <summary>Normal with deviation √(2 / inputs), for layers before a ReLU (He et al. 2015).</summary>
    public static Initializer Kaiming(int inputs) => Normal(Math.Sqrt(2.0 / inputs));
}
