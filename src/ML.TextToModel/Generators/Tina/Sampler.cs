using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// Denoises step by step. With <see cref="Churn"/> 1 it is DDPM (Ho et al. 2020, algorithm 2) over any number of steps,
/// with 0 the deterministic DDIM (Song et al. 2021, equation 12); a single step is the network's first guess.
/// </summary>
internal sealed record Sampler
{
    /// <summary>How noise grows with the timestep.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>Steps, from 1 to those of the schedule.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Fresh noise in each step, as a share of what DDPM adds: η of DDIM.</summary>
    public double Churn { get; init; }

    /// <summary>Clean values.</summary>
    /// <param name="noise">Standard normal values to start from.</param>
    /// <param name="predict">The clean values that values at a √ā came from.</param>
    /// <param name="fresh">Makes more noise of the same shape, where there is churn.</param>
    /// <param name="cancel">Stops between steps.</param>
    public TokenValues Run(
        TokenValues noise, Func<TokenValues, float, TokenValues> predict, Func<int, TokenValues> fresh,
        CancellationToken cancel = default)
    {
        TokenValues x = noise;
        for (int step = Steps; step > 0; step--)
        {
            cancel.ThrowIfCancellationRequested();
            double signal = Schedule.Signal(Time(step)), next = Schedule.Signal(Time(step - 1));
            TokenValues clean = predict(x, (float)Math.Sqrt(signal));
            if (step == 1) return clean;
            double variance = Churn * Churn * (1 - next) / (1 - signal) * (1 - signal / next);
            float ofNoise = (float)Math.Sqrt((1 - next - variance) / (1 - signal));
            float ofClean = (float)(Math.Sqrt(next) - Math.Sqrt(signal) * ofNoise);
            x = clean.Zip(x, (c, noisy) => c * ofClean + noisy * ofNoise);
            if (variance > 0) x = x.Zip(fresh(step), (value, z) => value + z * (float)Math.Sqrt(variance));
        }
        return x;
    }

    private int Time(int step) => (int)((long)Schedule.Steps * step / Steps);
}
