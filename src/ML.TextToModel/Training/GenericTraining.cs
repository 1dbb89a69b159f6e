using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains the generic model: one CNN, a residual network with a head, or a head on a frozen backbone, on all classes of
/// an image set, from which p-models of some of the classes are made (Tina, arXiv 2405.14132, section 3.1).
/// </summary>
public sealed class GenericTraining
{
    private readonly IReadOnlyList<string> _classes;
    private readonly ITraining _training;
    private readonly Func<(float[] Parameters, Preprocessing Preprocessing)> _present;
    private readonly ulong _seed;

    /// <summary>Prepares the training at its first step.</summary>
    /// <param name="images">The images to learn from.</param>
    /// <param name="options">How to train. Default: the defaults.</param>
    /// <param name="seed">Decides initial parameters, the order of images and their random changes.</param>
    /// <param name="architecture">
    /// Channels and strides; its number of classes does not count. Default: the CNN of the paper.
    /// </param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    public GenericTraining(
        ImageSet images, TrainingOptions? options = null, ulong seed = 0, CnnSpec? architecture = null)
    {
        options ??= new TrainingOptions();
        _classes = images.ClassNames;
        _seed = seed;
        Spec = architecture is null
            ? new CnnSpec { Classes = _classes.Count }
            : architecture with { Classes = _classes.Count };
        if (Spec.Faults().ToArray() is { Length: > 0 } faults) throw new ModelInputException(string.Join(' ', faults));
        Rng rng = new(seed);
        ImagePreprocessing preprocessing = Fit(images);
        ClassifierTraining training = new(
            Spec, Spec.Initialize(rng.Split("initial")),
            new ImageExamples(images, tasks: null, preprocessing, options),
            options, rng.Split("training").NextUInt64());
        _training = training;
        _present = () => (training.Vector(), preprocessing);
        Fingerprint = FingerprintOf(
            JsonSerializer.Serialize(Spec, ClassifierJson.Default.PModelSpec), images, options, seed);
    }

    /// <summary>Prepares the training of a residual network, whose classifier is a head on it as a backbone.</summary>
    /// <param name="images">The images to learn from.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="options">How to train. Default: <see cref="ResNetArchitecture.Training"/>.</param>
    /// <param name="seed">Decides initial parameters, the order of images and their random changes.</param>
    /// <exception cref="ModelInputException">A size or an option is out of range.</exception>
    public GenericTraining(
        ImageSet images, ResNetArchitecture architecture, TrainingOptions? options = null, ulong seed = 0)
    {
        options ??= ResNetArchitecture.Training;
        _classes = images.ClassNames;
        _seed = seed;
        ResNetTraining training = new(images, architecture, Fit(images), options, seed);
        _training = training;
        Spec = training.Head;
        _present = () => (training.HeadVector(), new BackbonePreprocessing(training.Backbone()));
        Fingerprint = FingerprintOf($"{architecture} {architecture.Channels}", images, options, seed);
    }

    /// <summary>
    /// Prepares the training of a head on a frozen backbone: multinomial logistic regression of its features, which are
    /// computed once, of mirror images too where the options say so.
    /// </summary>
    /// <param name="images">The images to learn from.</param>
    /// <param name="backbone">The backbone; images are made as large as it takes them.</param>
    /// <param name="options">How to train. Default: <see cref="HeadOptions"/>.</param>
    /// <param name="seed">Decides the order of images.</param>
    /// <param name="cancel">Stops the computation of features.</param>
    /// <exception cref="ModelInputException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> asked for it.</exception>
    public GenericTraining(
        ImageSet images, Backbone backbone, TrainingOptions? options = null, ulong seed = 0,
        CancellationToken cancel = default)
    {
        options ??= HeadOptions;
        if (options.Faults().ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        _classes = images.ClassNames;
        _seed = seed;
        Spec = new LinearSpec { Inputs = backbone.FeatureLength, Classes = _classes.Count };
        BackboneFeatures features = BackboneFeatures.Of(backbone, images, options.Flip, cancel);
        ClassifierTraining training = new(
            Spec, new float[Spec.Layout.Count], features.Examples(), options,
            new Rng(seed).Split("training").NextUInt64());
        _training = training;
        _present = () => (training.Vector(), new BackbonePreprocessing(backbone));
        string weights = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(backbone.Weights)));
        Fingerprint = FingerprintOf(
            JsonSerializer.Serialize(backbone.Spec, ClassifierJson.Default.BackboneSpec) + weights, images, options,
            seed);
    }

    /// <summary>How heads on frozen backbones are trained unless told otherwise.</summary>
    public static TrainingOptions HeadOptions { get; } = new() { Epochs = 30, BatchSize = 128, Rate = 3e-3f };

    /// <summary>
    /// The architecture, with one class per class of the images; of a backbone that of its head.
    /// </summary>
    public PModelSpec Spec { get; }

    /// <summary>Steps of the whole training.</summary>
    public int TotalSteps => _training.TotalSteps;

    /// <summary>
    /// The sha256, in hexadecimal, of everything that decides the result: architecture, images, options, seed.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Trains, or goes on.</summary>
    /// <param name="run">Where to keep the state, and for how long to train; its fingerprint is set here.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancel">Stops after the step at hand.</param>
    /// <inheritdoc cref="TrainingRun.Run" path="/exception"/>
    public TrainingOutcome Run(
        TrainingRun? run = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        ((run ?? new TrainingRun()) with { Fingerprint = Fingerprint }).Run(_training, progress, cancel);

    /// <summary>The classifier with the present parameters.</summary>
    /// <param name="metrics">Measured figures for its card.</param>
    /// <param name="notes">Remarks for its card.</param>
    public FittedClassifier Classifier(
        IReadOnlyList<CardMetric>? metrics = null, IReadOnlyList<string>? notes = null)
    {
        (float[] parameters, Preprocessing preprocessing) = _present();
        return new(Spec, parameters, _classes, preprocessing, new ClassifierCard
        {
            Generator = "generic-training", Seed = _seed, Metrics = metrics ?? [], Notes = notes ?? [],
        });
    }

    private static ImagePreprocessing Fit(ImageSet images) =>
        ImagePreprocessing.Fit(images.Images, ImageSet.Side * ImageSet.Side);

    private static string FingerprintOf(string architecture, ImageSet images, TrainingOptions options, ulong seed)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string names = string.Join('\n', images.ClassNames);
        hash.AppendData(Encoding.UTF8.GetBytes($"{architecture}\n{options}\n{seed}\n{names}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(images.Labels.AsSpan()));
        hash.AppendData(images.Images);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
