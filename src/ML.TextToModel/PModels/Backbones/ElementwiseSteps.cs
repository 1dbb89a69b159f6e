using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>The sum of two values of one shape.</summary>
/// <param name="First">A value.</param>
/// <param name="Second">A value.</param>
public sealed record AddStep(int First, int Second) : BackboneStep
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [First, Second];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs) =>
        inputs[0] == inputs[1] ? null : $"{inputs[0]} and {inputs[1]} cannot be added.";

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs) => inputs[0];
}

/// <summary>Numbers below <paramref name="Low"/> and above <paramref name="High"/> become those.</summary>
/// <param name="Input">The value it takes.</param>
/// <param name="Low">The least number; null for none. 0 makes a ReLU.</param>
/// <param name="High">The largest number, not below <paramref name="Low"/>; null for none.</param>
public sealed record ClampStep(int Input, float? Low = null, float? High = null) : BackboneStep
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<int> Inputs => [Input];

    internal override string? Fault(IReadOnlyList<BackboneShape> inputs) =>
        float.IsFinite(Low ?? 0) && float.IsFinite(High ?? 0) && !(Low > High)
            ? null
            : "The limits of a clamp are not finite numbers in order.";

    internal override BackboneShape Output(IReadOnlyList<BackboneShape> inputs) => inputs[0];
}
