namespace ML.TextToModel.Tensors.Layers;

/// <summary>
/// Sets a random share of the elements to 0 during training and scales the others up (Srivastava et al. 2014).
/// </summary>
public sealed class Dropout
{
    private readonly double _rate;

    /// <summary>A rate from 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside that range.</exception>
    public Dropout(double rate)
    {
        if (rate is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is from 0 to below 1.");
        _rate = rate;
    }

    /// <summary>Without an <paramref name="rng"/>, as in use after training, the input itself.</summary>
    public Tensor Forward(Tensor x, Rng? rng)
    {
        if (rng is null || _rate == 0) return x;
        Tensor mask = Tensor.Empty(x.Shape);
        float kept = (float)(1 / (1 - _rate));
        foreach (ref float value in mask.AsSpan()) value = rng.NextDouble() < _rate ? 0 : kept;
        return x * mask;
    }
}
