using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// A linear head on x + U D x, an adapter of low rank (Hu et al. 2021, LoRA). It is only trained and generated: what
/// comes of it is a <see cref="LinearSpec"/> of the same function.
/// </summary>
internal sealed record AdaptedHeadSpec : PModelSpec
{
    private const int Down = 0, Up = 1, Weight = 2, Bias = 3;   // places in the layout

    public required int Inputs { get; init; }

    public required int Rank { get; init; }

    [JsonIgnore]
    public override Shape InputShape => [Inputs];

    /// <summary>The head that the adapter is multiplied into.</summary>
    [JsonIgnore]
    public LinearSpec Head => new() { Inputs = Inputs, Classes = Classes };

    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        Tensor narrow = BatchedLayers.Linear(inputs, parameters[Down], null);
        Tensor adapted = BatchedLayers.Linear(narrow, parameters[Up], null);
        return BatchedLayers.Linear(inputs + adapted, parameters[Weight], parameters[Bias]);
    }

    /// <summary>A head with an adapter that does nothing yet: D random, U zero.</summary>
    /// <param name="head">The parameters of the head.</param>
    /// <param name="rng">Decides D.</param>
    public float[] Start(ReadOnlySpan<float> head, Rng rng)
    {
        float[] start = new float[Layout.Count];
        rng.FillNormal(Layout.Slots[Down].Of(start.AsSpan()), 0, 1 / Math.Sqrt(Inputs));
        head.CopyTo(start.AsSpan(Layout.Slots[Weight].Offset));
        return start;
    }

    /// <summary>The parameters of <see cref="Head"/>: rows W + W U D, and the biases.</summary>
    public float[] Folded(ReadOnlySpan<float> parameters)
    {
        ReadOnlySpan<float> down = Layout.Slots[Down].Of(parameters), up = Layout.Slots[Up].Of(parameters);
        float[] head = parameters[Layout.Slots[Weight].Offset..].ToArray();
        double[] narrow = new double[Rank];
        for (int c = 0; c < Classes; c++)
        {
            Span<float> row = head.AsSpan(c * Inputs, Inputs);
            Array.Clear(narrow);
            for (int i = 0; i < Inputs; i++)
                for (int r = 0; r < Rank; r++) narrow[r] += row[i] * up[i * Rank + r];
            for (int j = 0; j < Inputs; j++)
                for (int r = 0; r < Rank; r++) row[j] += (float)(narrow[r] * down[r * Inputs + j]);
        }
        return head;
    }

    internal override IPredictor CreatePredictor(float[] parameters) => Head.CreatePredictor(Folded(parameters));

    private protected override IEnumerable<(string, Shape, int, bool)> ListParameters() =>
    [
        ("adapter.down", [Rank, Inputs], Inputs, false), ("adapter.up", [Inputs, Rank], Rank, false),
        ("head.weight", [Classes, Inputs], Inputs, true), ("head.bias", [Classes], Inputs, true),
    ];

    private protected override IEnumerable<string> SizeFaults()
    {
        if (Inputs is < 1 or > MaxSize) yield return $"{Inputs} inputs are not between 1 and {MaxSize}.";
        if (Rank < 1 || Rank > Inputs) yield return $"A rank of {Rank} is not between 1 and the {Inputs} inputs.";
    }

    private protected override bool SameSizes(PModelSpec other) =>
        other is AdaptedHeadSpec head && (Inputs, Rank) == (head.Inputs, head.Rank);

    public bool Equals(AdaptedHeadSpec? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
