using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>A linear head on x + U D x, an adapter of low rank (Hu et al. 2021).</summary>
internal sealed record AdaptedHeadSpec : PModelSpec
{
    public required int Inputs { get; init; }

    public required int Rank { get; init; }

    public override Shape InputShape => [Inputs];

    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        Tensor adapted = BatchedLayers.Linear(BatchedLayers.Linear(inputs, parameters[0], null), parameters[1], null);
        return BatchedLayers.Linear(inputs + adapted, parameters[2], parameters[3]);
    }

    /// <summary>Parameters of an adapter that does nothing yet and of a head of zeros.</summary>
    public float[] Start(Rng rng)
    {
        float[] start = new float[Layout.Count];
        rng.FillNormal(Layout.Slots[0].Of(start.AsSpan()), 0, 1 / Math.Sqrt(Inputs));
        rng.FillNormal(Layout.Slots[2].Of(start.AsSpan()), 0, 0.1 / Math.Sqrt(Inputs));
        return start;
    }

    internal override IPredictor CreatePredictor(float[] parameters) =>
        throw new NotSupportedException("An adapted head is only trained.");

    private protected override IEnumerable<(string Name, Shape Shape, int FanIn, bool PerClass)> ListParameters() =>
    [
        ("adapter.down", [Rank, Inputs], Inputs, false), ("adapter.up", [Inputs, Rank], Rank, false),
        ("head.weight", [Classes, Inputs], Inputs, true), ("head.bias", [Classes], Inputs, true),
    ];

    private protected override IEnumerable<string> SizeFaults() => [];

    private protected override bool SameSizes(PModelSpec other) =>
        other is AdaptedHeadSpec head && (Inputs, Rank) == (head.Inputs, head.Rank);

    public bool Equals(AdaptedHeadSpec? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
