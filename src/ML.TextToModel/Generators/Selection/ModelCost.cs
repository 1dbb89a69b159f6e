using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using static System.FormattableString;

namespace ML.TextToModel.Generators;

/// <summary>What a p-model needs when it predicts, reckoned from its sizes on the safe side.</summary>
/// <param name="Parameters">Numbers in it.</param>
/// <param name="MillisecondsPerRow">For one row on one core.</param>
/// <param name="Megabytes">Of memory, in 10⁶ bytes.</param>
public readonly record struct ModelCost(long Parameters, double MillisecondsPerRow, double Megabytes)
{
    /// <summary>
    /// A third of what was measured on one core (README): 3 per nanosecond in an MLP of 6,000, 76 in the CNN.
    /// </summary>
    private const double ProductsPerMillisecond = 1e6, ConvolvedPerMillisecond = 25e6;

    private const double BytesPerParameter = 12;   // as they are, as the predictor packs them, and its scratch

    /// <summary>The cost of an architecture.</summary>
    public static ModelCost Of(PModelSpec spec)
    {
        long parameters = spec.Layout.Count;
        double milliseconds = parameters / ProductsPerMillisecond;
        if (spec is CnnSpec cnn) milliseconds += cnn.Products() / ConvolvedPerMillisecond;
        return new(parameters, milliseconds, parameters * BytesPerParameter / 1e6);
    }

    /// <summary>Whether it keeps within every limit.</summary>
    public bool Fits(ModelBudget budget) =>
        Parameters <= (budget.Parameters ?? long.MaxValue)
        && MillisecondsPerRow <= (budget.MillisecondsPerRow ?? double.PositiveInfinity)
        && Megabytes <= (budget.Megabytes ?? double.PositiveInfinity);

    /// <summary>Such as <c>5,370 parameters, about 0.06 ms a row, 0.06 MB</c>.</summary>
    public override string ToString() =>
        Invariant($"{Parameters:N0} parameters, about {MillisecondsPerRow:G2} ms a row, {Megabytes:G2} MB");
}
