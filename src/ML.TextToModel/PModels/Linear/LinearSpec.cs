using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>A linear head: one row of weights and a bias per class, on features of any origin.</summary>
public sealed record LinearSpec : PModelSpec
{
    /// <summary>The number of features, from 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>(inputs).</summary>
    [JsonIgnore]
    public override Shape InputShape => [Inputs];

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs) =>
        BatchedLayers.Linear(inputs, parameters[0], parameters[1]);   // (T, B, classes)

    /// <summary>Such as <c>linear 512-10</c>.</summary>
    public override string ToString() => $"linear {Inputs}-{Classes}";

    internal override IPredictor CreatePredictor(float[] parameters) =>
        new MlpPredictor(new MlpSpec { Classes = Classes, Inputs = Inputs, Hidden = [] }, parameters);

    private protected override IEnumerable<(string, Shape, int, bool)> ListParameters() =>
        [("head.weight", [Classes, Inputs], Inputs, true), ("head.bias", [Classes], Inputs, true)];

    private protected override IEnumerable<string> SizeFaults()
    {
        if (Inputs is < 1 or > MaxSize) yield return $"{Inputs} inputs are not between 1 and {MaxSize}.";
    }

    private protected override bool SameSizes(PModelSpec other) =>
        other is LinearSpec linear && Inputs == linear.Inputs;

    /// <inheritdoc/>
    public bool Equals(LinearSpec? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
