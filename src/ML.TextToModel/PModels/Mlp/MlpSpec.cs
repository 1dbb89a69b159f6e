using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// A multilayer perceptron: linear layers with ReLU between, and an optional linear path past them all.
/// </summary>
public sealed record MlpSpec : PModelSpec
{
    /// <summary>The number of features, from 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>Units of each hidden layer; none makes a linear model. Default 32.</summary>
    [JsonRequired]
    public IReadOnlyList<int> Hidden { get; init => field = [.. value]; } = [32];

    /// <summary>Adds a linear function of the inputs to the logits. Default false.</summary>
    [JsonRequired]
    public bool Skip { get; init; }

    /// <summary>(inputs).</summary>
    [JsonIgnore]
    public override Shape InputShape => [Inputs];

    /// <inheritdoc/>
    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        Tensor x = inputs;                                                                 // (T or 1, B, inputs)
        int head = 2 * Hidden.Count;
        for (int i = 0; i < head; i += 2) x = BatchedLayers.Linear(x, parameters[i], parameters[i + 1]).Relu();
        Tensor logits = BatchedLayers.Linear(x, parameters[head], parameters[head + 1]);   // (T, B, classes)
        return Skip ? logits + BatchedLayers.Linear(inputs, parameters[head + 2], null) : logits;
    }

    /// <summary>Such as <c>MLP 13-32-3 + skip</c>.</summary>
    public override string ToString() =>
        $"MLP {string.Join('-', [Inputs, .. Hidden, Classes])}{(Skip ? " + skip" : "")}";

    internal override IPredictor CreatePredictor(float[] parameters) => new MlpPredictor(this, parameters);

    private protected override IEnumerable<(string, Shape, int, bool)> ListParameters()
    {
        int width = Inputs;
        for (int i = 0; i < Hidden.Count; width = Hidden[i++])
        {
            yield return ($"hidden{i + 1}.weight", [Hidden[i], width], width, false);
            yield return ($"hidden{i + 1}.bias", [Hidden[i]], width, false);
        }
        yield return ("head.weight", [Classes, width], width, true);
        yield return ("head.bias", [Classes], width, true);
        if (Skip) yield return ("skip.weight", [Classes, Inputs], Inputs, true);
    }

    private protected override IEnumerable<string> SizeFaults()
    {
        const int maxLayers = 64;
        if (Inputs is < 1 or > MaxSize) yield return $"{Inputs} inputs are not between 1 and {MaxSize}.";
        if (Hidden.Count > maxLayers) yield return $"{Hidden.Count} hidden layers are more than {maxLayers}.";
        if (Hidden.Any(h => h is < 1 or > MaxSize)) yield return $"A hidden layer has from 1 to {MaxSize} units.";
    }

    private protected override bool SameSizes(PModelSpec other) =>
        other is MlpSpec mlp && Inputs == mlp.Inputs && Skip == mlp.Skip && Hidden.SequenceEqual(mlp.Hidden);

    /// <inheritdoc/>
    public bool Equals(MlpSpec? other) => base.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => base.GetHashCode();
}
