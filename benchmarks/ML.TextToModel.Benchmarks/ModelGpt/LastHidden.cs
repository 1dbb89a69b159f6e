using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.ModelGpt;

/// <summary>What the last hidden layer of a network says of rows: the features of a head that is tuned alone.</summary>
internal static class LastHidden
{
    /// <summary>The activations (rows, units of the last hidden layer).</summary>
    public static FeatureRows Of(FittedClassifier classifier, FeatureRows rows)
    {
        MlpSpec spec = (MlpSpec)classifier.Spec;
        int units = spec.Hidden[^1];
        float[] features = new float[rows.Labels.Length * units];
        for (int row = 0; row < rows.Labels.Length; row++)
        {
            float[] values = rows.Features[(row * rows.Columns)..((row + 1) * rows.Columns)];
            for (int layer = 1; layer <= spec.Hidden.Count; layer++) values = Layer(classifier, layer, values);
            values.CopyTo(features, row * units);
        }
        return new FeatureRows(features, units, rows.Labels);
    }

    private static float[] Layer(FittedClassifier classifier, int layer, float[] inputs)
    {
        ReadOnlySpan<float> weight = classifier.Spec.Layout[$"hidden{layer}.weight"].Of(classifier.Parameters);
        ReadOnlySpan<float> bias = classifier.Spec.Layout[$"hidden{layer}.bias"].Of(classifier.Parameters);
        float[] outputs = new float[bias.Length];
        for (int o = 0; o < outputs.Length; o++)
        {
            float sum = bias[o];
            for (int i = 0; i < inputs.Length; i++) sum += weight[o * inputs.Length + i] * inputs[i];
            outputs[o] = Math.Max(0, sum);
        }
        return outputs;
    }
}
