using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina;

/// <summary>
/// Turns names, descriptions or example images of classes into a classifier of images that tells them apart, in one
/// pass of a diffusion transformer (Tina, arXiv 2405.14132). Safe for use by several threads.
/// </summary>
public sealed class TinaGenerator
{
    private const int NearestNamed = 3;
    private const string ShippedFile = "checkpoints/images.safetensors";

    private static readonly Lazy<TinaGenerator> s_shipped =
        new(() => Load(Path.Combine(AppContext.BaseDirectory, ShippedFile), WordTextEncoder.Shipped));

    private readonly TinaCheckpoint _checkpoint;
    private readonly ConditionSpace _space;
    private readonly TinaNetwork _network;
    private readonly ITextEncoder _encoder;
    private readonly NoiseSchedule _schedule;
    private readonly string? _sha256;
    private readonly ConcurrentDictionary<float, Modulation> _modulations = [];
    private readonly Dictionary<string, float[]> _known = new(StringComparer.Ordinal);

    internal TinaGenerator(
        TinaCheckpoint checkpoint, ConditionSpace space, TinaNetwork network, ITextEncoder encoder,
        string? sha256 = null)
    {
        if (encoder.Length != checkpoint.Options.ConditionLength)
            throw new ModelInputException(
                $"{encoder.Name} makes vectors of {encoder.Length} numbers; this generator was trained with those of "
                + $"{checkpoint.Encoder}, which have {checkpoint.Options.ConditionLength}.");
        (_checkpoint, _space, _network, _encoder, _sha256) = (checkpoint, space, network, encoder, sha256);
        _schedule = new NoiseSchedule(checkpoint.Noise);
        foreach (string name in checkpoint.Classes) _known[Plain(name)] = Condition(name);
    }

    /// <summary>The sizes of its network.</summary>
    public TinaOptions Options => _checkpoint.Options;

    /// <summary>The classes of its training; it makes classifiers of others too.</summary>
    public IReadOnlyList<string> Classes => _checkpoint.Classes;

    /// <summary>Whether classes can be prompted by images.</summary>
    public bool TakesImages => _checkpoint.Backbone is not null;

    /// <summary>The generator that ships with the library, for classes like those of CIFAR-100.</summary>
    /// <exception cref="ModelInputException">Its checkpoint does not lie beside the program.</exception>
    public static TinaGenerator Shipped => s_shipped.Value;

    internal TinaCheckpoint Checkpoint => _checkpoint;

    internal ConditionSpace Space => _space;

    internal TinaNetwork Network => _network;

    /// <summary>The sha256 of the checkpoint that it was read from, in hexadecimal; null if it was not.</summary>
    internal string? Sha256 => _sha256;

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoder">The encoder of class texts that it was trained with.</param>
    /// <exception cref="ModelInputException">
    /// The file is missing, damaged, or no checkpoint of this generator, or the encoder is another one.
    /// </exception>
    public static TinaGenerator Load(string path, ITextEncoder encoder) => Load(path, _ => encoder);

    /// <summary>Reads a checkpoint of a training with the shipped text encoder or with vectors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="vectors">
    /// The npy file with a vector for each class of the checkpoint's images; null for the shipped encoder.
    /// </param>
    /// <exception cref="ModelInputException">
    /// A file is missing or damaged, or this is no checkpoint of this generator, or the encoder is another one.
    /// </exception>
    public static TinaGenerator Load(string path, string? vectors = null) => Load(
        path,
        checkpoint => vectors is null
            ? WordTextEncoder.Shipped
            : PrecomputedTextEncoder.Load(vectors, checkpoint.ImageClasses));

    private static TinaGenerator Load(string path, Func<TinaCheckpoint, ITextEncoder> encoder)
    {
        if (!File.Exists(path)) throw new ModelInputException($"There is no checkpoint {path}.");
        (TinaCheckpoint checkpoint, ConditionSpace space, TinaNetwork network) = TinaCheckpoint.Read(path);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        return new TinaGenerator(checkpoint, space, network, encoder(checkpoint), sha256);
    }

    /// <summary>
    /// The texts of a requirement's classes that serve best: of a class of the training the name, as classifiers of
    /// names are far better than those of descriptions; of others the description where there is one. Descriptions of
    /// the user's own stand for their classes in any case.
    /// </summary>
    /// <param name="requirement">The requirement.</param>
    public IReadOnlyList<ClassText> TextsOf(TaskRequirement requirement)
    {
        bool own = requirement.OriginOf(RequirementFields.Descriptions)?.Source == RequirementSource.User;
        return
        [
            .. requirement.Classes.Select(one =>
                new ClassText(one.Name, own || !_known.ContainsKey(Plain(one.Name)) ? one.Description : null)),
        ];
    }

    /// <summary>Makes the classifier; its card names classes that the training did not have.</summary>
    /// <param name="classes">At least two classes, in the order in which the classifier has them.</param>
    /// <param name="options">How to sample. Default: one step.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="ModelInputException">
    /// An option is out of range, or a class cannot be served; the message says why.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public FittedClassifier Generate(
        IReadOnlyList<ClassText> classes, TinaGeneratorOptions? options = null, CancellationToken cancel = default) =>
        Generate([.. classes.Select(ClassPrompt.Of)], options, cancel);

    /// <summary>Makes the classifier of classes that texts, images or both describe.</summary>
    /// <inheritdoc cref="Generate(IReadOnlyList{ClassText}, TinaGeneratorOptions, CancellationToken)"/>
    public FittedClassifier Generate(
        IReadOnlyList<ClassPrompt> classes, TinaGeneratorOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new TinaGeneratorOptions();
        if (options.Faults().Concat(Faults(classes)).ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("There is nothing to generate. " + string.Join(' ', faults));
        int[] order = [.. Enumerable.Range(0, classes.Count)];
        if (options.CanonicalOrder)
            Array.Sort(order, (a, b) => string.CompareOrdinal(classes[a].Key, classes[b].Key));
        float[][] conditions = [.. classes.Select(Condition)];
        float[] parameters = Sample(
            [.. order.Select(c => conditions[c])], [.. order.Select(c => classes[c].Key)], options, cancel);
        PModelSpec spec = _checkpoint.Spec with { Classes = classes.Count };
        PModelSpec emitted = _checkpoint.Options.Emitted(spec);
        int[] places = new int[order.Length];
        for (int i = 0; i < order.Length; i++) places[order[i]] = i;
        parameters = ClassifierSelection.Select(_network.SpecOf(classes.Count), parameters, emitted, places);
        return new FittedClassifier(
            spec, emitted is AdaptedHeadSpec head ? head.Folded(parameters) : parameters,
            [.. classes.Select(one => one.Name)], _checkpoint.Preprocessing,
            new ClassifierCard
            {
                Generator = "tina", GeneratorSha256 = _sha256, Seed = options.Seed, Requirement = Requirement(classes),
                Notes = [.. Unknown(classes, conditions), .. _checkpoint.Notes],
            });
    }

    /// <summary>The parameters of a p-model of these classes in this order, in the layout of the network.</summary>
    private float[] Sample(
        float[][] conditions, string[] texts, TinaGeneratorOptions options, CancellationToken cancel)
    {
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        Tensor condition = Tensor.From(conditions.SelectMany(c => c).ToArray(), [1, texts.Length, _encoder.Length]);
        Rng rng = new Rng(options.Seed).Split("noise");
        Sampler sampler = new() { Schedule = _schedule, Steps = options.Steps, Churn = options.Churn };
        TokenValues clean = sampler.Run(
            _network.Noise(texts, rng.Split(0)), (x, signal) => _network.Forward(x, Modulate(signal), condition),
            step => _network.Noise(texts, rng.Split((ulong)step)), cancel);
        return _network.Vectors(clean, condition).ToArray();
    }

    /// <summary>The condition of what describes a class; of a text and images the mean of both.</summary>
    private float[] Condition(ClassPrompt prompt)
    {
        if (prompt.Images.Count == 0) return Condition(prompt.Text!);
        using var noGradient = Tensor.NoGradient();
        using TensorScope scope = new();
        float[] features = ImagePrompts.MeanFeatures(_checkpoint.Backbone!, prompt.Images);
        float[] seen = _network.ConditionsOfImages(Tensor.From(features, [features.Length])).ToArray();
        return prompt.Text is null ? seen : [.. Condition(prompt.Text).Zip(seen, (text, image) => (text + image) / 2)];
    }

    /// <summary>What a timestep decides, which is kept for the timesteps of few steps.</summary>
    private Modulation Modulate(float signal)
    {
        const int kept = 32;
        if (_modulations.TryGetValue(signal, out Modulation? known)) return known;
        using TensorScope scope = new();
        Modulation made = _network.Modulate([signal]);
        if (_modulations.Count < kept)
        {
            foreach (Tensor tensor in made.Blocks.Append(made.Last)) scope.Keep(tensor);
            _modulations.TryAdd(signal, made);
        }
        else foreach (Tensor tensor in made.Blocks.Append(made.Last)) scope.PassOn(tensor);
        return made;
    }

    private float[] Condition(string text)
    {
        float[] condition = new float[_encoder.Length];
        _encoder.Encode(text, condition);
        _space.Apply(condition);
        return condition;
    }

    private IEnumerable<string> Faults(IReadOnlyList<ClassPrompt> classes)
    {
        if (classes.Count < 2) yield return "Name at least two classes.";
        if (classes.Any(one => string.IsNullOrWhiteSpace(one.Name) || one.Text is not null && one.Text.Trim() is ""))
            yield return "A class has no name or an empty description.";
        if (classes.FirstOrDefault(one => one.Text is null && one.Images.Count == 0) is { } bare)
            yield return $"The class '{bare.Name}' has neither a text nor an image.";
        if (!TakesImages && classes.Any(one => one.Images.Count > 0))
            yield return "This generator was trained without image prompts.";
        foreach (string twice in Twice(classes.Select(one => Plain(one.Name))))
            yield return $"The class '{twice}' is named twice.";
        foreach (string twice in Twice(classes.Where(one => one.Text != one.Name).Select(one => one.Text)))
            yield return $"Two classes are described as '{twice}'.";
        if (_checkpoint.Options.Tokens == TokenLayout.Chunked && classes.Count > _checkpoint.Options.MaxClasses)
            yield return
                $"{classes.Count} classes are more than the {_checkpoint.Options.MaxClasses} of this generator.";

        static IEnumerable<string> Twice(IEnumerable<string?> names) =>
            names.OfType<string>().CountBy(name => name).Where(count => count.Value > 1).Select(count => count.Key);
    }

    private IEnumerable<string> Unknown(IReadOnlyList<ClassPrompt> classes, float[][] conditions)
    {
        for (int i = 0; i < classes.Count; i++)
        {
            ClassPrompt one = classes[i];
            if (one.Text is not null && _known.ContainsKey(Plain(one.Text))) continue;
            IEnumerable<string> nearest = _known.OrderByDescending(known => Cosine(known.Value, conditions[i]))
                .Take(NearestNamed).Select(known => known.Key);
            string names = string.Join(", ", nearest);
            yield return one.Text is null
                ? $"'{one.Name}' is known by {one.Images.Count} images alone; nearest to them are {names}."
                : one.Text == one.Name
                ? $"'{one.Name}' was not among the classes of the training, so expect less of it; nearest to it are "
                    + $"{names}."
                : $"'{one.Name}' is known by its description alone; nearest to that are {names}.";
        }
    }

    private static JsonElement Requirement(IReadOnlyList<ClassPrompt> classes) => JsonElement.Parse(new JsonObject
    {
        ["classes"] = new JsonArray([.. classes.Select(one =>
        {
            JsonObject requirement = new() { ["name"] = one.Name };
            if (one.Text is not null && one.Text != one.Name) requirement["description"] = one.Text;
            if (one.Images.Count > 0) requirement["images"] = one.Images.Count;
            return requirement;
        })]),
    }.ToJsonString());

    /// <summary>Names of data sets have underscores where people write spaces.</summary>
    private static string Plain(string name) => name.Replace('_', ' ').Trim().ToLowerInvariant();

    private static double Cosine(float[] a, float[] b)
    {
        double product = 0, ofA = 0, ofB = 0;
        for (int i = 0; i < a.Length; i++)
            (product, ofA, ofB) = (product + a[i] * b[i], ofA + a[i] * a[i], ofB + b[i] * b[i]);
        return product / Math.Max(1e-12, Math.Sqrt(ofA * ofB));
    }
}
