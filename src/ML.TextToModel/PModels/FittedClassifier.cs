using System.Text;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>
/// What the user gets: a p-model with its parameters, its preprocessing, the names of its classes and its card.
/// Immutable and safe for several threads.
/// </summary>
public sealed class FittedClassifier
{
    private readonly float[] _parameters;
    private readonly IPredictor _predictor;
    [ThreadStatic] private static float[]? t_input;

    /// <summary>Puts a classifier together; the parameters are copied.</summary>
    /// <param name="spec">The architecture.</param>
    /// <param name="parameters">All parameters in layout order.</param>
    /// <param name="classes">One name per class, in the order of the logits.</param>
    /// <param name="preprocessing">What is done to raw rows first.</param>
    /// <param name="card">Where the parameters come from.</param>
    /// <exception cref="ModelInputException">
    /// The parts do not fit each other; the message names every fault.
    /// </exception>
    public FittedClassifier(
        PModelSpec spec, ReadOnlySpan<float> parameters, IReadOnlyList<string> classes, Preprocessing preprocessing,
        ClassifierCard? card = null)
    {
        card ??= new ClassifierCard();
        List<string> faults = [.. spec.Faults(), .. ClassFaults(spec, classes), .. card.Faults()];
        if (faults.Count == 0)
            faults.AddRange([.. preprocessing.Faults(spec.InputShape), .. ParameterFaults(spec, parameters)]);
        if (faults.Count > 0)
            throw new ModelInputException("The classifier does not fit together. " + string.Join(' ', faults));
        Spec = spec;
        Classes = [.. classes];
        Preprocessing = preprocessing;
        Card = card;
        _parameters = parameters.ToArray();
        _predictor = spec.CreatePredictor(_parameters);
    }

    /// <summary>The architecture.</summary>
    public PModelSpec Spec { get; }

    /// <summary>The names of the classes, in the order of the probabilities.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>What is done to raw rows first.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Where the parameters come from.</summary>
    public ClassifierCard Card { get; }

    /// <summary>All parameters in layout order.</summary>
    public ReadOnlySpan<float> Parameters => _parameters;

    /// <summary>Floats of one raw row.</summary>
    public int RowLength => Preprocessing.RawLength(Spec.InputShape);

    /// <summary>
    /// The probability of each class for one raw row. Allocates nothing after the first call of a thread.
    /// </summary>
    /// <param name="row">
    /// <see cref="RowLength"/> floats: for images red, green and blue planes from 0 to 255; for tables one number per
    /// column, NaN where missing.
    /// </param>
    /// <param name="probabilities">
    /// Receives one number per class, from 0 to 1, summing to 1; NaN where a number of the row is so large that floats
    /// overflow.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Predict(ReadOnlySpan<float> row, Span<float> probabilities)
    {
        if (row.Length != RowLength)
            throw new ArgumentException(
                $"A row of this classifier has {RowLength} numbers, not {row.Length}.", nameof(row));
        if (probabilities.Length != Classes.Count)
            throw new ArgumentException(
                $"There are {Classes.Count} classes, not {probabilities.Length}.", nameof(probabilities));
        int length = Spec.InputShape.ElementCount;
        float[] input = t_input is { } present && present.Length >= length ? present : t_input = new float[length];
        Preprocessing.Apply(row, input.AsSpan(0, length));
        _predictor.Predict(input.AsSpan(0, length), probabilities);
        KernelSet.Current.Softmax(probabilities, probabilities);
    }

    /// <summary>
    /// The same with the weights of its backbone rounded to half precision, which makes its file smaller; itself where
    /// it has none.
    /// </summary>
    /// <inheritdoc cref="Backbone.InHalfPrecision" path="/exception"/>
    public FittedClassifier InHalfPrecision() => Preprocessing is BackbonePreprocessing { Backbone: { } backbone }
        ? new(Spec, Parameters, Classes, new BackbonePreprocessing(backbone.InHalfPrecision()), Card)
        : this;

    /// <summary>Reads a <c>.t2m</c> file.</summary>
    /// <exception cref="ClassifierFileException">The file is damaged or not a classifier.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static FittedClassifier Load(string path) => ClassifierFile.Read(path);

    /// <summary>Writes a <c>.t2m</c> file in one step: an older one stays whole if this fails.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ClassifierFile.Write(path, this);

    private static IEnumerable<string> ClassFaults(PModelSpec spec, IReadOnlyList<string> classes)
    {
        if (classes.Count != spec.Classes)
            yield return $"{classes.Count} class names do not fit {spec.Classes} classes.";
        if (classes.Any(string.IsNullOrWhiteSpace)) yield return "A class has no name.";
        // JSON would replace half a surrogate pair, and two names could become one.
        else if (classes.Any(name => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) != name))
            yield return "A class name is not Unicode.";
        if (classes.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            yield return $"The class {Printable.Quote(twice)} is named twice.";
    }

    private static List<string> ParameterFaults(PModelSpec spec, ReadOnlySpan<float> parameters)
    {
        if (parameters.Length != spec.Layout.Count)
            return [$"{parameters.Length} parameters are not the {spec.Layout.Count} of the architecture."];
        return spec.Layout.FirstNotFinite(parameters) is { } slot
            ? [$"The tensor '{slot.Name}' holds an infinity or NaN; a diverged training needs a lower rate."]
            : [];
    }
}
