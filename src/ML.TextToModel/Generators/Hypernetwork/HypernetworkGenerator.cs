using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Hypernetwork;

/// <summary>
/// Turns a requirement, one sentence, with what columns and classes mean, into a classifier in one pass, without a
/// labelled row (ModelGPT's parameter generator, arXiv 2402.12408, whose heads are keyed by task names instead). Safe
/// for use by several threads.
/// </summary>
public sealed class HypernetworkGenerator
{
    private const string ShippedFile = "checkpoints/hypernetwork.safetensors";

    private static readonly Lazy<HypernetworkGenerator> s_shipped =
        new(() => Load(Path.Combine(AppContext.BaseDirectory, ShippedFile)));

    private readonly HypernetworkCheckpoint _checkpoint;
    private readonly HypernetworkNetwork _network;
    private readonly FeatureScale _scale;
    private readonly TaskEncoder _encoder;
    private readonly string? _sha256;
    private readonly float[][] _known;

    internal HypernetworkGenerator(
        HypernetworkCheckpoint checkpoint, HypernetworkNetwork network, FeatureScale scale, ITextEncoder encoder,
        string? sha256 = null)
    {
        if (encoder.Name != checkpoint.Encoder || encoder.Length != checkpoint.Options.ConditionLength)
            throw new ModelInputException(
                $"This generator was trained with vectors of {checkpoint.Encoder} of length "
                + $"{checkpoint.Options.ConditionLength}, not of {encoder.Name} of length {encoder.Length}.");
        (_checkpoint, _network, _scale, _sha256) = (checkpoint, network, scale, sha256);
        _encoder = new TaskEncoder(encoder);
        _known = [.. checkpoint.Requirements.Select(_encoder.Vector)];
    }

    /// <summary>The sizes of its network.</summary>
    public HypernetworkOptions Options => _checkpoint.Options;

    /// <summary>The sentences of its training.</summary>
    public IReadOnlyList<string> Requirements => _checkpoint.Requirements;

    /// <summary>The generator that ships with the library, for tasks like those of ten UCI tables.</summary>
    /// <exception cref="ModelInputException">Its checkpoint does not lie beside the program.</exception>
    public static HypernetworkGenerator Shipped => s_shipped.Value;

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoder">The encoder of texts that it was trained with. Default: the one that ships.</param>
    /// <exception cref="ModelInputException">
    /// The file is missing, damaged, or no checkpoint of this generator, or the encoder is another one.
    /// </exception>
    public static HypernetworkGenerator Load(string path, ITextEncoder? encoder = null)
    {
        if (!File.Exists(path)) throw new ModelInputException($"There is no checkpoint {path}.");
        (HypernetworkCheckpoint checkpoint, HypernetworkNetwork network, FeatureScale scale) =
            HypernetworkCheckpoint.Read(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return new HypernetworkGenerator(checkpoint, network, scale, encoder ?? WordTextEncoder.Shipped, sha256);
    }

    /// <summary>Whether a file says that it is a checkpoint of such a generator; damage is found when it is read.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsCheckpoint(string path) => File.Exists(path) && HypernetworkCheckpoint.IsOne(path);

    /// <summary>Makes the classifier; its card names the nearest requirement of the training.</summary>
    /// <param name="requirement">What the classifier is for, in a sentence.</param>
    /// <param name="classes">At least two class names, in the order in which the classifier has them.</param>
    /// <param name="preprocessing">
    /// What makes features: of a table's columns (<see cref="TablePreprocessing"/>, which needs rows but no labels), or
    /// a backbone's.
    /// </param>
    /// <param name="task">What columns and classes mean. Default: their names say it.</param>
    /// <exception cref="ModelInputException">
    /// The task cannot be served, such as a table by a generator of image heads; the message says why.
    /// </exception>
    public FittedClassifier Generate(
        string requirement, IReadOnlyList<string> classes, Preprocessing preprocessing, TaskDescription? task = null)
    {
        if (Faults(requirement, classes, preprocessing).ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("There is nothing to generate. " + string.Join(' ', faults));
        task ??= new TaskDescription([], new Dictionary<string, string>(), new Dictionary<string, string>());
        TaskCondition condition =
            _encoder.Encode(requirement, task, classes, preprocessing as TablePreprocessing);
        PModelSpec spec = _network.SpecOf(condition);
        return new FittedClassifier(spec, Emit(condition, spec), classes, preprocessing, new ClassifierCard
        {
            Generator = "hypernetwork", GeneratorSha256 = _sha256, Requirement = Requirement(requirement),
            Notes = [.. Nearest(requirement, condition.Requirement), .. _checkpoint.Notes],
        });
    }

    /// <summary>
    /// Makes the classifier of a requirement: of its sentence and classes, and of what it says of these and of columns.
    /// </summary>
    /// <param name="requirement">The requirement; the classifier's card keeps it.</param>
    /// <param name="preprocessing">What makes features, as above.</param>
    /// <exception cref="ModelInputException">
    /// The requirement cannot be, or the task cannot be served; the message says why.
    /// </exception>
    public FittedClassifier Generate(TaskRequirement requirement, Preprocessing preprocessing)
    {
        if (requirement.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("There is nothing to generate. " + string.Join(' ', faults));
        TaskDescription task = new(
            [requirement.Sentence], Described(requirement.Inputs.Columns.Select(c => (c.Name, c.Description))),
            Described(requirement.Classes.Select(c => (c.Name, c.Description))));
        FittedClassifier made = Generate(
            requirement.Sentence, [.. requirement.Classes.Select(one => one.Name)], preprocessing, task);
        return new FittedClassifier(
            made.Spec, made.Parameters, made.Classes, preprocessing,
            made.Card with { Requirement = RequirementJson.ToElement(requirement) });

        static Dictionary<string, string> Described(IEnumerable<(string Name, string? Description)> parts) => parts
            .Where(part => !string.IsNullOrWhiteSpace(part.Description)).DistinctBy(part => part.Name)
            .ToDictionary(part => part.Name, part => part.Description!);
    }

    /// <summary>Makes the classifier of a requirement alone, without a row: of a table of numbers whose ranges it says.
    /// </summary>
    /// <param name="requirement">The requirement; the classifier's card keeps it.</param>
    /// <param name="columns">The columns of raw rows. Default: all inputs of the requirement, in its order.</param>
    /// <exception cref="ModelInputException">
    /// The requirement cannot be, or does not say enough of a column; the message says why.
    /// </exception>
    public FittedClassifier Generate(TaskRequirement requirement, IReadOnlyList<string>? columns = null) =>
        Generate(requirement, RequiredColumns.Preprocessing(requirement, columns));

    /// <summary>Makes the classifier of a requirement, and of rows whose labels do not count, for the scale of columns.
    /// </summary>
    /// <param name="requirement">The requirement; the classifier's card keeps it.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="ModelInputException">The requirement cannot be, or no column differs between rows.</exception>
    public FittedClassifier Generate(TaskRequirement requirement, RawRows rows) =>
        Generate(requirement, RequiredColumns.Preprocessing(rows));

    private float[] Emit(TaskCondition condition, PModelSpec spec)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        float[] parameters = _network.Forward(condition).ToArray();
        if (spec is LinearSpec linear) _scale.Fold(linear, parameters);
        return parameters;
    }

    private IEnumerable<string> Faults(string requirement, IReadOnlyList<string> classes, Preprocessing preprocessing)
    {
        if (string.IsNullOrWhiteSpace(requirement)) yield return "Say in a sentence what the classifier is for.";
        if (classes.Count < 2) yield return "Name at least two classes.";
        int features = Options.Features;
        if (preprocessing is TablePreprocessing table)
        {
            if (features > 0) yield return $"This generator makes heads for {features} features, not for tables.";
            else if (table.Width == 0) yield return "No column differs between rows.";
        }
        else if (features == 0)
        {
            yield return "This generator makes classifiers of tables only.";
        }
        else
        {
            foreach (string fault in preprocessing.Faults([features])) yield return fault;
        }
    }

    private IEnumerable<string> Nearest(string requirement, float[] vector)
    {
        if (_known.Length == 0 || Requirements.Contains(requirement)) yield break;
        // All vectors have the same length.
        (int index, double cosine) = _known.Index()
            .Select(known => (known.Index, Product(known.Item, vector) / Product(vector, vector)))
            .MaxBy(found => found.Item2);
        yield return $"The nearest requirement of the generator's training is '{Requirements[index]}' (cosine "
            + $"{cosine.ToString("F2", CultureInfo.InvariantCulture)}); expect little where the task is another one.";

        static double Product(float[] a, float[] b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
            return sum;
        }
    }

    private static JsonElement Requirement(string sentence) =>
        JsonElement.Parse(new JsonObject { ["sentence"] = sentence }.ToJsonString());
}
