using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.MLNet;

/// <summary>
/// A classifier of texts from class texts alone: a text belongs to the class whose vector its own is nearest to, by
/// cosine. Nothing is learned and nothing was measured; rows with labels make a better one.
/// </summary>
internal static class ClassTextHead
{
    private const float Sharpness = 10;   // logits from -10 to 10, as cosines are from -1 to 1

    /// <summary>Makes the classifier.</summary>
    public static FittedClassifier Of(IReadOnlyList<ClassText> classes, ITextEncoder encoder)
    {
        LinearSpec spec = new() { Inputs = encoder.Length, Classes = classes.Count };
        float[] parameters = new float[spec.Layout.Count];
        ParameterSlot weight = spec.Layout["head.weight"];
        for (int i = 0; i < classes.Count; i++)
        {
            Span<float> row = weight.Of(parameters.AsSpan()).Slice(i * encoder.Length, encoder.Length);
            encoder.Encode(classes[i].Text, row);
            foreach (ref float value in row) value *= Sharpness;
        }
        return new FittedClassifier(
            spec, parameters, [.. classes.Select(one => one.Name)], new FeaturePreprocessing([], [], []),
            new ClassifierCard
            {
                Generator = "class-texts",
                Notes = ["Made of the class texts alone, by the likeness of word vectors; no text was seen."],
            });
    }
}
