namespace ML.TextToModel.Generators.Tina;

/// <summary>The ways in which noise grows with the timestep.</summary>
public enum NoiseKind
{
    /// <summary>Signal along a squared cosine (Nichol and Dhariwal 2021, equation 17).</summary>
    Cosine,

    /// <summary>Variances of single steps from 1e-4 to 0.02 in a straight line (Ho et al. 2020, section 4).</summary>
    Linear,
}

/// <summary>
/// How much signal is left at each timestep: x_t = √ā_t x_0 + √(1 - ā_t) ε with t from 0, no noise, to
/// <see cref="Steps"/>.
/// </summary>
internal sealed class NoiseSchedule
{
    private readonly double[] _signal;

    public NoiseSchedule(NoiseKind kind, int steps = 1000)
    {
        const double offset = 0.008, largestBeta = 0.999, first = 1e-4, last = 0.02;
        _signal = new double[steps + 1];
        _signal[0] = 1;
        for (int t = 1; t <= steps; t++)
        {
            double beta = kind == NoiseKind.Cosine
                ? Math.Min(largestBeta, 1 - Cosine(t) / Cosine(t - 1))
                // For other than 1000 steps the noise at the end stays about the same.
                : Math.Min(largestBeta, (first + (last - first) * (t - 1) / Math.Max(1, steps - 1)) * 1000 / steps);
            _signal[t] = _signal[t - 1] * (1 - beta);
        }

        double Cosine(int t) => Math.Pow(Math.Cos((t / (double)steps + offset) / (1 + offset) * Math.PI / 2), 2);
    }

    /// <summary>Timesteps.</summary>
    public int Steps => _signal.Length - 1;

    /// <summary>ā_t, the share of the variance that is signal.</summary>
    public double Signal(int t) => _signal[t];
}
