using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Generators;

/// <summary>
/// Makes classifiers of texts from their vectors: of labelled ones as <see cref="TableGenerator"/> does of rows, and of
/// class texts alone by likeness. What it makes is as good as the vectors, which know words and not their order.
/// </summary>
/// <param name="encoder">The encoder of texts. Default: the one that ships.</param>
public sealed class TextGenerator(WordTextEncoder? encoder = null)
{
    private const float Sharpness = 10;   // logits from -10 to 10, as cosines are from -1 to 1
    private const string Column = "text";

    private readonly WordTextEncoder _encoder = encoder ?? WordTextEncoder.Shipped;

    /// <summary>Makes a classifier of labelled texts; its card says what was tried.</summary>
    /// <param name="texts">The texts, by the same encoder.</param>
    /// <param name="tables">Makes classifiers of rows.</param>
    /// <param name="options">What to try. Default: everything.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">An option is out of range, or all texts are of one class.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public FittedClassifier Generate(
        EncodedTexts texts, TableGenerator tables, TableGeneratorOptions? options = null,
        CancellationToken cancel = default)
    {
        FittedClassifier made = tables.Generate(texts.Sample, options, cancel);
        return new FittedClassifier(
            made.Spec, made.Parameters, made.Classes, Of(texts.Columns, made.Preprocessing), made.Card);
    }

    /// <summary>
    /// Makes a classifier from class texts alone: a text belongs to the class whose vector its own is nearest to, by
    /// cosine. Nothing is learned and nothing was measured; labelled texts make a better one.
    /// </summary>
    /// <param name="classes">At least two classes.</param>
    /// <exception cref="ModelInputException">A class text has no word.</exception>
    public FittedClassifier Generate(IReadOnlyList<ClassText> classes)
    {
        if (classes.Count < 2) throw new ModelInputException("Name at least two classes.");
        LinearSpec spec = new() { Inputs = _encoder.Length, Classes = classes.Count };
        float[] parameters = new float[spec.Layout.Count];
        ParameterSlot weight = spec.Layout["head.weight"];
        for (int i = 0; i < classes.Count; i++)
        {
            Span<float> row = weight.Of(parameters.AsSpan()).Slice(i * _encoder.Length, _encoder.Length);
            _encoder.Encode(classes[i].Text, row);
            foreach (ref float value in row) value *= Sharpness;
        }
        return new FittedClassifier(
            spec, parameters, [.. classes.Select(one => one.Name)],
            Of([Column], new FeaturePreprocessing([], [], [])), new ClassifierCard
            {
                Generator = "class-texts",
                Notes = ["Made of the class texts alone, by the likeness of word vectors; no text was seen."],
            });
    }

    private TextPreprocessing Of(IReadOnlyList<string> columns, Preprocessing numbers) =>
        new(columns, _encoder.Name, _encoder.Print, numbers);
}
