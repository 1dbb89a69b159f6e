using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains Tina for the classes of an image set, from a generic model of them and the vectors of their names, to
/// checkpoints that <see cref="TinaGenerator"/> loads.
/// </summary>
public sealed class TinaPretraining
{
    private const int HalvedVersions = 7;

    private readonly TinaNetwork _network;
    private readonly TinaTraining _training;
    private readonly ConditionSpace _space;
    private readonly ITextEncoder _encoder;
    private readonly TinaCheckpoint _checkpoint;

    /// <summary>Prepares the training at its first step.</summary>
    /// <param name="generic">
    /// A CNN of all classes of the images, or a head on a frozen backbone, which becomes one in half precision; null
    /// where a trained generator is given.
    /// </param>
    /// <param name="images">The images to learn from.</param>
    /// <param name="encoder">Makes vectors of class texts.</param>
    /// <param name="sizes">
    /// The sizes of the network; the length of conditions is the encoder's. Default: those of the trained generator.
    /// </param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides initial weights, tasks, images and noise.</param>
    /// <param name="known">The classes to learn, by name; the others are never seen. Default: all.</param>
    /// <param name="descriptions">
    /// Further texts of some classes, by name, which stand for them half the time: mostly with half of their words.
    /// </param>
    /// <param name="zoo">Trained p-models, where the objective needs them.</param>
    /// <param name="notes">What must be said of the images.</param>
    /// <param name="trained">
    /// A generator of a checkpoint to go on from, in place of a generic model; it grows where the sizes are larger.
    /// </param>
    /// <param name="backbone">
    /// Looks at images of a class, which stand for its text in some tasks. Default: that of the trained generator.
    /// </param>
    /// <param name="prepared">
    /// The images as the classifiers take them, where they are at hand, such as cached features.
    /// </param>
    /// <param name="cancel">Stops before the first step, while features of the images are computed.</param>
    /// <exception cref="ModelInputException">
    /// An option is out of range, or model, images, texts, zoo and checkpoint do not fit each other.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public TinaPretraining(
        FittedClassifier? generic, ImageSet images, ITextEncoder encoder, TinaOptions? sizes = null,
        TinaTrainingOptions? options = null, ulong seed = 0, IReadOnlyList<string>? known = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? descriptions = null, ZooSample? zoo = null,
        IReadOnlyList<string>? notes = null, TinaGenerator? trained = null, Backbone? backbone = null,
        ITaskExamples? prepared = null, CancellationToken cancel = default)
    {
        if (generic is null == trained is null)
            throw new ModelInputException("A training starts from a generic model or from a checkpoint; give one.");
        options ??= new TinaTrainingOptions();
        backbone = (backbone ?? trained?.Checkpoint.Backbone)?.InHalfPrecision();
        sizes = (sizes ?? trained?.Options ?? new TinaOptions()) with
        {
            ConditionLength = encoder.Length, ImageFeatures = backbone?.FeatureLength ?? 0,
        };
        if (zoo is not null) sizes = sizes with { MaxClasses = zoo.Spec.Classes };
        PModelSpec spec = generic?.Spec ?? trained!.Checkpoint.Spec;
        string start = generic is null ? "checkpoint" : "generic model";
        List<string> faults = [.. sizes.Faults(), .. sizes.FaultsFor(spec)];
        if (trained is not null) faults.AddRange(FaultsOf(trained.Checkpoint, trained.Sha256, encoder, options.Noise));
        Preprocessing preprocessing = generic?.Preprocessing ?? trained!.Checkpoint.Preprocessing;
        if (preprocessing is BackbonePreprocessing { Backbone: { } ofHeads })
            preprocessing = new BackbonePreprocessing(ofHeads.InHalfPrecision());
        else if (preprocessing is not ImagePreprocessing)
            faults.Add($"The {start} is not one of image classifiers.");
        if (!(generic?.Classes ?? trained!.Checkpoint.ImageClasses).SequenceEqual(
            images.ClassNames, StringComparer.Ordinal))
            faults.Add($"The {start} does not have the classes of the images, in their order.");
        Dictionary<string, int> places =
            images.ClassNames.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);
        foreach (string name in (known ?? []).Concat(descriptions?.Keys ?? []).Where(n => !places.ContainsKey(n)))
            faults.Add($"The images have no class '{name}'.");
        if (sizes.Tokens == TokenLayout.Chunked && zoo is null && trained is null)
            faults.Add("The chunked layout starts from the mean of a zoo, and there is none.");
        if (options.HoldOut > 0 && (generic is null || descriptions is not null || backbone is not null))
            faults.Add("Classes are held out only where training starts from a generic model and their names.");
        if (zoo is not null && zoo.Spec != spec with { Classes = zoo.Spec.Classes })
            faults.Add($"The zoo holds {zoo.Spec}, not p-models like {spec}.");
        if (sizes.Tokens == TokenLayout.Chunked && options.Objective == TinaObjective.Task
            && options.MaxClasses > sizes.MaxClasses)
            faults.Add($"Tasks of {options.MaxClasses} classes are too large for a network of {sizes.MaxClasses}.");
        if (faults.Count > 0) throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));

        int[] rows = [.. known?.Select(name => places[name]) ?? places.Values];
        _encoder = encoder;
        float[] names = Encode(images.ClassNames);
        _space = trained?.Space ?? ConditionSpace.Of([.. rows.SelectMany(row => Part(names, row))], encoder.Length);
        Rng rng = new(seed), ofWords = rng.Split("words");
        ClassConditions conditions = new(encoder.Length, [.. images.ClassNames.Select((name, row) =>
        {
            float[] own =
            [
                .. Part(names, row),
                .. Encode([.. (descriptions?.GetValueOrDefault(name) ?? []).SelectMany(t => Versions(t, ofWords))]),
            ];
            _space.Apply(own);
            return own;
        })]);
        Rng initial = rng.Split("initial");
        _network = trained is not null ? TinaGrowth.Grow(trained.Network, sizes, initial)
            : sizes.Tokens == TokenLayout.ClassRow ? TinaStart.FromRidge(
                sizes, spec, generic!.Parameters.ToArray(), conditions.First(), rows, options.Unit, initial,
                options.Ridge)
            : TinaStart.FromMean(sizes, zoo!.Spec, [.. zoo.Entries.Select(entry => entry.Parameters)], initial);
        ITaskExamples examples = prepared ?? PreparedImages.Of(
            images, preprocessing, new TrainingOptions { Flip = options.Flip, Shift = options.Shift }, cancel);
        PromptFeatures? prompts = backbone is null
            ? null
            : new(BackboneFeatures.Of(backbone, images, cancel: cancel), options.PromptNoise);
        if (prompts is not null && trained?.TakesImages != true)
            prompts.Start(_network, conditions.First(), rows, rng.Split("images"));
        _training = new TinaTraining(
            _network, examples, conditions, options, rng.Split("training").NextUInt64(), rows, zoo,
            options.HoldOut > 0
                ? HeldOutBase.From(generic!, _network, conditions.First(), rows, options.Ridge)
                : null,
            prompts);
        _checkpoint = new TinaCheckpoint(
            TinaCheckpoint.CurrentFormat, sizes, _network.Spec, [.. _network.Scale], preprocessing,
            [.. rows.Select(row => images.ClassNames[row]).Union(trained?.Classes ?? [])], images.ClassNames,
            encoder.Name, _space.Factor, options.Noise, options.Objective.ToString(),
            trained?.Checkpoint.Steps ?? 0, seed, [.. (trained?.Checkpoint.Notes ?? []).Union(notes ?? [])])
        {
            ImageBackbone = backbone?.Spec, Backbone = backbone,
        };
        Fingerprint = FingerprintOf(
            generic, trained?.Sha256, images, names, sizes, options, seed, rows, descriptions, zoo, backbone);
    }

    /// <summary>Steps taken so far.</summary>
    public int Step => _training.Step;

    /// <summary>The classes that it learns, and those that a generator that it goes on from has learned.</summary>
    public IReadOnlyList<string> Classes => _checkpoint.Classes;

    /// <summary>How pixels become inputs of the classifiers.</summary>
    public Preprocessing Preprocessing => _checkpoint.Preprocessing;

    /// <summary>Steps of the whole training.</summary>
    public int TotalSteps => _training.TotalSteps;

    /// <summary>The most classes of a classifier that it will generate.</summary>
    public int MostClasses =>
        _network.Options.Tokens == TokenLayout.Chunked ? _network.Options.MaxClasses : int.MaxValue;

    /// <summary>Weights of the network.</summary>
    public long Parameters => _network.Parameters.Sum(weight => (long)weight.Value.Count);

    /// <summary>The sha256, in hexadecimal, of everything that decides the result.</summary>
    public string Fingerprint { get; }

    /// <summary>Trains, or goes on.</summary>
    /// <param name="run">Where to keep the state, and for how long to train; its fingerprint is set here.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancel">Stops after the step at hand.</param>
    /// <inheritdoc cref="TrainingRun.Run" path="/exception"/>
    public TrainingOutcome Run(
        TrainingRun? run = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        ((run ?? new TrainingRun()) with { Fingerprint = Fingerprint }).Run(_training, progress, cancel);

    /// <summary>Writes the running mean of the weights, in half precision, in one step.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteCheckpoint(string path) =>
        CheckpointNow().Write(path, _space, _training.Average());

    /// <summary>The generator with the running mean of the weights.</summary>
    public TinaGenerator Generator()
    {
        TinaNetwork copy = new(_network.Options, _network.Spec, _network.Scale, new Rng(0));
        foreach ((KeyValuePair<string, Tensor> from, KeyValuePair<string, Tensor> to)
            in _training.Average().Zip(copy.Parameters))
            from.Value.CopyTo(to.Value.AsSpan());
        return new TinaGenerator(CheckpointNow(), _space, copy, _encoder);
    }

    private TinaCheckpoint CheckpointNow() => _checkpoint with { Steps = _checkpoint.Steps + Step };

    private static IEnumerable<string> FaultsOf(
        TinaCheckpoint trained, string? sha256, ITextEncoder encoder, NoiseKind noise)
    {
        if (sha256 is null) yield return "The generator to go on from was not read from a checkpoint.";
        if (encoder.Name != trained.Encoder)
            yield return $"The checkpoint was trained with vectors of {trained.Encoder}, not of {encoder.Name}.";
        if (noise != trained.Noise) yield return $"The checkpoint was trained with {trained.Noise} noise, not {noise}.";
    }

    /// <summary>A text, and some with half of its words.</summary>
    private static IEnumerable<string> Versions(string text, Rng rng) =>
        Enumerable.Range(0, HalvedVersions).Select(_ => WordDropout.Half(text, rng)).Prepend(text);

    private float[] Encode(IReadOnlyList<string> texts)
    {
        float[] vectors = new float[texts.Count * _encoder.Length];
        for (int i = 0; i < texts.Count; i++)
            _encoder.Encode(texts[i], vectors.AsSpan(i * _encoder.Length, _encoder.Length));
        return vectors;
    }

    private float[] Part(float[] vectors, int row) => vectors[(row * _encoder.Length)..((row + 1) * _encoder.Length)];

    private static string FingerprintOf(
        FittedClassifier? generic, string? trained, ImageSet images, float[] names, TinaOptions sizes,
        TinaTrainingOptions options, ulong seed, int[] known,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? descriptions, ZooSample? zoo, Backbone? backbone)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        IEnumerable<string> texts = descriptions?.SelectMany(d => d.Value.Prepend(d.Key)) ?? [];
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{generic?.Spec}{trained}\n{sizes}\n{options}\n{seed}\n{string.Join(' ', known)}\n"
            + $"{string.Join('\n', texts)}\n"));
        if (generic is not null)
        {
            hash.AppendData(MemoryMarshal.AsBytes(generic.Parameters));
            hash.AppendData(MemoryMarshal.AsBytes(generic.Preprocessing.Parameters));
        }
        if (backbone is not null) hash.AppendData(MemoryMarshal.AsBytes(backbone.Weights));
        hash.AppendData(MemoryMarshal.AsBytes(names.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(images.Labels.AsSpan()));
        hash.AppendData(images.Images);
        foreach ((int[] classes, float[] parameters) in zoo?.Entries ?? [])
        {
            hash.AppendData(MemoryMarshal.AsBytes(classes.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(parameters.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
