using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Hypernetwork;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training;

/// <summary>
/// Trains a requirement hypernetwork with tables, or with features of a backbone, to checkpoints that
/// <see cref="HypernetworkGenerator"/> loads.
/// </summary>
public sealed class HypernetworkPretraining
{
    private readonly HypernetworkTraining _training;
    private readonly HypernetworkCheckpoint _checkpoint;
    private readonly FeatureScale _scale;
    private readonly ITextEncoder _encoder;

    /// <summary>Prepares a training with tables at its first step.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="encoder">Makes vectors of texts. Default: the one that ships.</param>
    /// <param name="sizes">The sizes of the network; the length of conditions is the encoder's.</param>
    /// <param name="options">How to train.</param>
    /// <param name="seed">Decides initial weights, tasks, wordings and rows.</param>
    /// <param name="notes">What must be said of the tables.</param>
    /// <exception cref="ModelInputException">An option is out of range, or a text cannot be encoded.</exception>
    public HypernetworkPretraining(
        IReadOnlyList<TableTask> tables, ITextEncoder? encoder = null, HypernetworkOptions? sizes = null,
        HypernetworkTrainingOptions? options = null, ulong seed = 0, IReadOnlyList<string>? notes = null)
        : this(
            encoder ?? WordTextEncoder.Shipped, (sizes ?? new()) with { Features = 0 }, options ?? new(), seed, notes,
            FeatureScale.None, [.. tables.SelectMany(table => table.Description.Wordings)],
            texts => [.. tables.Select(table => new HypernetworkTask(
                [.. table.Description.Wordings.Select(wording => texts.Encode(
                    wording, table.Description, table.Sample.Classes, table.Preprocessing))],
                FeatureRows.Encode(table.Preprocessing, table.Sample)))])
    { }

    /// <summary>Prepares a training of image heads with features of a backbone at its first step.</summary>
    /// <param name="tasks">The tasks, all with the same features.</param>
    /// <inheritdoc cref="HypernetworkPretraining(IReadOnlyList{TableTask}, ITextEncoder, HypernetworkOptions,
    /// HypernetworkTrainingOptions, ulong, IReadOnlyList{string})"/>
    /// <param name="encoder"/><param name="sizes"/><param name="options"/><param name="seed"/><param name="notes"/>
    public HypernetworkPretraining(
        IReadOnlyList<FeatureTask> tasks, ITextEncoder? encoder = null, HypernetworkOptions? sizes = null,
        HypernetworkTrainingOptions? options = null, ulong seed = 0, IReadOnlyList<string>? notes = null)
        : this(tasks, ScaleOf(tasks), encoder ?? WordTextEncoder.Shipped, sizes ?? new(), options ?? new(), seed, notes)
    { }

    private HypernetworkPretraining(
        IReadOnlyList<FeatureTask> tasks, FeatureScale scale, ITextEncoder encoder, HypernetworkOptions sizes,
        HypernetworkTrainingOptions options, ulong seed, IReadOnlyList<string>? notes)
        : this(
            encoder, sizes with { Features = scale.Mean.Length }, options, seed, notes, scale,
            [.. tasks.SelectMany(task => task.Description.Wordings)],
            texts => [.. tasks.Select(task => new HypernetworkTask(
                [.. task.Description.Wordings.Select(
                    wording => texts.Encode(wording, task.Description, task.Classes, null))],
                new FeatureRows(scale.Apply(task.Features), task.Length, task.Labels)))])
    { }

    private HypernetworkPretraining(
        ITextEncoder encoder, HypernetworkOptions sizes, HypernetworkTrainingOptions options, ulong seed,
        IReadOnlyList<string>? notes, FeatureScale scale, IReadOnlyList<string> requirements,
        Func<TaskEncoder, HypernetworkTask[]> encode)
    {
        sizes = sizes with { ConditionLength = encoder.Length };
        if (sizes.Faults().Concat(options.Faults()).ToArray() is { Length: > 0 } faults)
            throw new ModelInputException("This training cannot start. " + string.Join(' ', faults));
        (_encoder, _scale) = (encoder, scale);
        HypernetworkTask[] tasks = encode(new TaskEncoder(encoder));
        if (tasks.Length == 0) throw new ModelInputException("This training cannot start. There is no task to learn.");
        if (tasks.Any(task => task.Conditions.Count == 0))
            throw new ModelInputException("This training cannot start. A task has no requirement.");
        Rng rng = new(seed);
        HypernetworkNetwork network = new(sizes, rng.Split("initial"), options.Dropout);
        Parameters = network.Parameters.Size;
        _training = new HypernetworkTraining(network, tasks, options, rng.Split("training").NextUInt64());
        _checkpoint = new HypernetworkCheckpoint(
            HypernetworkCheckpoint.CurrentFormat, sizes, encoder.Name, requirements, 0, seed, notes ?? []);
        Fingerprint = FingerprintOf(sizes, options, seed, tasks);
    }

    /// <summary>Steps taken so far.</summary>
    public int Step => _training.Step;

    /// <summary>Steps of the whole training.</summary>
    public int TotalSteps => _training.TotalSteps;

    /// <summary>Weights of the network.</summary>
    public long Parameters { get; }

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
    public void WriteCheckpoint(string path) => Now().Write(path, _training.Trained(), _scale);

    /// <summary>The generator with the running mean of the weights.</summary>
    public HypernetworkGenerator Generator() => new(Now(), _training.Trained(), _scale, _encoder);

    private HypernetworkCheckpoint Now() => _checkpoint with { Steps = Step };

    private static FeatureScale ScaleOf(IReadOnlyList<FeatureTask> tasks)
    {
        if (tasks.Count == 0) throw new ModelInputException("This training cannot start. There is no task to learn.");
        if (tasks.FirstOrDefault(task => task.Length != tasks[0].Length) is { } other)
            throw new ModelInputException(
                $"This training cannot start. A task has {other.Length} features, the first {tasks[0].Length}.");
        return FeatureScale.Of(tasks[0].Length, [.. tasks.Select(task => task.Features)]);
    }

    private static string FingerprintOf(
        HypernetworkOptions sizes, HypernetworkTrainingOptions options, ulong seed, HypernetworkTask[] tasks)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{sizes}\n{string.Join(' ', sizes.Hidden)}\n{options}\n{seed}\n"));
        foreach (HypernetworkTask task in tasks)
        {
            foreach (TaskCondition condition in task.Conditions)
                foreach (float[] part in new[] { condition.Requirement, condition.Features, condition.Classes })
                    hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(task.Rows.Features.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes(task.Rows.Labels.AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
