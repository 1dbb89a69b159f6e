using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tables;

/// <summary>Linear layers without anything between: ModelGPT's network for tables.</summary>
internal sealed record LinearChainSpec : PModelSpec
{
    private readonly MlpSpec _layers;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public LinearChainSpec(MlpSpec layers) => (_layers, Classes) = (layers, layers.Classes);

    public override Shape InputShape => _layers.InputShape;

    public override Tensor Forward(IReadOnlyList<Tensor> parameters, Tensor inputs)
    {
        Tensor x = inputs;
        for (int i = 0; i < parameters.Count; i += 2) x = BatchedLayers.Linear(x, parameters[i], parameters[i + 1]);
        return x;
    }

    /// <summary>The one linear map that the layers make together.</summary>
    public (LinearSpec Spec, float[] Parameters) Collapse(float[] parameters)
    {
        int inputs = _layers.Inputs, width = inputs;
        float[]? weight = null;   // (width, inputs)
        float[] bias = [];
        for (int i = 0; i < Layout.Slots.Count; i += 2)
        {
            ReadOnlySpan<float> own = Layout.Slots[i].Of(parameters.AsSpan());
            float[] ownBias = Layout.Slots[i + 1].Of(parameters.AsSpan()).ToArray();
            if (weight is not null)
            {
                float[] product = new float[ownBias.Length * inputs];
                for (int o = 0; o < ownBias.Length; o++)
                {
                    for (int h = 0; h < width; h++)
                    {
                        float factor = own[o * width + h];
                        ownBias[o] += factor * bias[h];
                        for (int k = 0; k < inputs; k++) product[o * inputs + k] += factor * weight[h * inputs + k];
                    }
                }
                weight = product;
            }
            else
            {
                weight = own.ToArray();
            }
            (bias, width) = (ownBias, ownBias.Length);
        }
        return (new LinearSpec { Inputs = inputs, Classes = Classes }, [.. weight!, .. bias]);
    }

    internal override IPredictor CreatePredictor(float[] parameters)
    {
        (LinearSpec spec, float[] collapsed) = Collapse(parameters);
        return spec.CreatePredictor(collapsed);
    }

    private protected override IEnumerable<(string Name, Shape Shape, int FanIn, bool PerClass)> ListParameters() =>
        _layers.Layout.Slots.Select(slot => (slot.Name, slot.Shape, slot.FanIn, slot.PerClass));

    private protected override IEnumerable<string> SizeFaults() => [];

    private protected override bool SameSizes(PModelSpec other) =>
        other is LinearChainSpec chain && chain._layers == _layers;

    public bool Equals(LinearChainSpec? other) => base.Equals(other);

    public override int GetHashCode() => base.GetHashCode();
}
