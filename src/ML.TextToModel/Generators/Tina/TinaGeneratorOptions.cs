namespace ML.TextToModel.Generators.Tina;

/// <summary>How <see cref="TinaGenerator"/> samples.</summary>
public sealed record TinaGeneratorOptions
{
    private const int MostSteps = 1_000;

    /// <summary>Decides the noise that sampling starts from, of each class by its text. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps of denoising, from 1 to 1,000. Default 1, for which the shipped checkpoint was trained.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>
    /// Fresh noise in each step: 0 is DDIM (Song et al. 2021), 1 is DDPM (Ho et al. 2020). Default 0.
    /// </summary>
    public double Churn { get; init; }

    /// <summary>
    /// Puts classes in the order of their texts inside, so that another order of the same classes gives the same
    /// weights, to the bit. Default true.
    /// </summary>
    public bool CanonicalOrder { get; init; } = true;

    /// <summary>What is out of range, one sentence each; empty if nothing.</summary>
    public IEnumerable<string> Faults()
    {
        if (Steps is < 1 or > MostSteps) yield return $"{Steps} steps are not from 1 to {MostSteps}.";
        if (Churn is not (>= 0 and <= 1)) yield return $"The churn {Churn} is not from 0 to 1.";
    }
}
