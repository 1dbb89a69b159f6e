using ML.TextToModel.PModels;

namespace ML.TextToModel.Training;

/// <summary>A network that may become the classifier, and how to make it again from other rows.</summary>
/// <param name="Name">What it is, for the card.</param>
/// <param name="Spec">Its architecture.</param>
/// <param name="Parameters">Its parameters in layout order.</param>
/// <param name="Again">Makes it in the same way from all rows, without looking at held-out ones.</param>
internal sealed record Candidate(
    string Name, PModelSpec Spec, float[] Parameters, Func<PreparedTable, Candidate> Again)
{
    /// <summary>The temperature that fits held-out rows best; 1 before <see cref="Validate"/>.</summary>
    public double Temperature { get; private init; } = 1;

    /// <summary>The cross-entropy of held-out rows at that temperature.</summary>
    public double Loss { get; private init; } = double.NaN;

    /// <summary>Measures it on rows that it was not made from.</summary>
    public Candidate Validate(FeatureRows validation)
    {
        float[] logits = FineTuning.Logits(Spec, Parameters, validation);
        double temperature = Training.Temperature.Fit(logits, validation.Labels);
        return this with
        {
            Temperature = temperature,
            Loss = Training.Temperature.CrossEntropy(logits, validation.Labels, 1 / temperature),
        };
    }
}
