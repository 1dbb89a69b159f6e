using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// The trivial text-to-classifier: ridge regression of the rows of a generic model on the vectors of its class names;
/// all other parameters are the generic model's.
/// </summary>
internal sealed class RidgeMap
{
    private readonly ITextEncoder _encoder;
    private readonly ConditionSpace _space;
    private readonly float[] _weight, _bias;
    private readonly CnnSpec _spec;
    private readonly float[] _parameters;

    /// <summary>Fits the regression.</summary>
    /// <param name="generic">The generic model.</param>
    /// <param name="encoder">Makes vectors of names.</param>
    /// <param name="learned">The classes of the generic model whose rows are learned.</param>
    /// <param name="penalty">The ridge, of vectors of mean length 2.</param>
    public RidgeMap(FittedClassifier generic, ITextEncoder encoder, int[] learned, double penalty)
    {
        (_encoder, _spec, _parameters) = (encoder, (CnnSpec)generic.Spec, generic.Parameters.ToArray());
        float[] vectors = [.. generic.Classes.SelectMany(Vector)];
        _space = ConditionSpace.Of(
            [.. learned.SelectMany(c => vectors[(c * encoder.Length)..((c + 1) * encoder.Length)])], encoder.Length);
        _space.Apply(vectors);
        ParameterSlot weight = _spec.Layout["head.weight"], bias = _spec.Layout["head.bias"];
        int length = weight.Count / _spec.Classes;
        float[] rows = [.. Enumerable.Range(0, _spec.Classes).SelectMany(c => (float[])
        [
            .. weight.Of(generic.Parameters).Slice(c * length, length).ToArray(), bias.Of(generic.Parameters)[c],
        ])];
        (_weight, _bias) = TinaStart.Ridge(vectors, rows, _spec.Classes, learned, penalty);
    }

    /// <summary>The classifier of some classes.</summary>
    public float[] Parameters(IReadOnlyList<string> classes)
    {
        CnnSpec spec = _spec with { Classes = classes.Count };
        float[] parameters = new float[spec.Layout.Count];
        foreach (ParameterSlot slot in _spec.Layout.Slots.Where(slot => !slot.PerClass))
            slot.Of(_parameters.AsSpan()).CopyTo(spec.Layout[slot.Name].Of(parameters.AsSpan()));
        Span<float> weight = spec.Layout["head.weight"].Of(parameters.AsSpan());
        Span<float> bias = spec.Layout["head.bias"].Of(parameters.AsSpan());
        int length = weight.Length / classes.Count;
        for (int c = 0; c < classes.Count; c++)
        {
            float[] condition = Vector(classes[c]);
            _space.Apply(condition);
            for (int o = 0; o <= length; o++)
            {
                double sum = _bias[o];
                for (int k = 0; k < condition.Length; k++) sum += _weight[o * condition.Length + k] * condition[k];
                if (o < length) weight[c * length + o] = (float)sum;
                else bias[c] = (float)sum;
            }
        }
        return parameters;
    }

    private float[] Vector(string text)
    {
        float[] vector = new float[_encoder.Length];
        _encoder.Encode(text, vector);
        return vector;
    }
}
