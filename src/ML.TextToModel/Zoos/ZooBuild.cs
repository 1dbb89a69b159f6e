using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Baselines;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Zoos;

/// <summary>How far a zoo is.</summary>
/// <param name="Done">P-models that are there.</param>
/// <param name="Tasks">P-models of the whole zoo.</param>
/// <param name="Training">How far those are that are trained now.</param>
public readonly record struct ZooProgress(int Done, int Tasks, TrainingProgress Training);

/// <summary>
/// Trains p-models from a generic model, some side by side, and writes them file by file. Whenever it is stopped or
/// killed, the next build in the same folder goes on and ends with the same bits.
/// </summary>
public sealed class ZooBuild
{
    private const string StateFile = "building.state";

    private readonly FittedClassifier _generic;
    private readonly ImageExamples _train, _test;
    private readonly IReadOnlyList<string> _classes;
    private readonly int[][] _tasks;
    private readonly ZooRecipe _recipe;

    /// <summary>Plans a zoo.</summary>
    /// <param name="generic">The CNN of all classes of the images, from which each p-model starts.</param>
    /// <param name="train">The images to learn from.</param>
    /// <param name="test">The images that accuracies are measured on.</param>
    /// <param name="recipe">Which p-models.</param>
    /// <exception cref="ModelInputException">
    /// A setting is out of range, or model, images and recipe do not fit each other.
    /// </exception>
    public ZooBuild(FittedClassifier generic, ImageSet train, ImageSet test, ZooRecipe recipe)
    {
        List<string> faults = [.. recipe.Faults()];
        _classes = train.ClassNames;
        if (generic.Spec is not CnnSpec || generic.Preprocessing is not ImagePreprocessing)
            faults.Add("The generic model is no classifier of images.");
        if (!generic.Classes.SequenceEqual(_classes, StringComparer.Ordinal))
            faults.Add("The generic model does not have the classes of the images, in their order.");
        if (recipe.TaskSize > _classes.Count) faults.Add($"There are no {recipe.TaskSize} classes.");
        if (recipe.Mix == TaskMix.Superclass && train.CoarseLabels is null)
            faults.Add("These images have no superclasses.");
        if (faults.Count > 0) throw new ModelInputException("This zoo cannot be built. " + string.Join(' ', faults));
        (_generic, _recipe) = (generic, recipe);
        var preprocessing = (ImagePreprocessing)generic.Preprocessing;
        _train = new ImageExamples(train, null, preprocessing, recipe.Training);
        _test = new ImageExamples(test, null, preprocessing);
        Rng rng = new Rng(recipe.Seed).Split("tasks");
        _tasks = recipe.Mix == TaskMix.Uniform
            ? TaskSampler.Draw(_classes.Count, recipe.TaskSize, recipe.Tasks, rng)
            : TaskSampler.DrawMixed(train.Superclasses(), recipe.TaskSize, recipe.Tasks, rng);
        Spec = generic.Spec with { Classes = recipe.TaskSize };
        Fingerprint = FingerprintOf(train, test);
    }

    /// <summary>The architecture of the p-models.</summary>
    public PModelSpec Spec { get; }

    /// <summary>
    /// The sha256, in hexadecimal, of all that decides the p-models: generic model, images and recipe.
    /// </summary>
    public string Fingerprint { get; }

    /// <summary>Builds what is missing.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="run">The clock, and how often the state of the training at hand is kept.</param>
    /// <param name="progress">Is told of every step.</param>
    /// <param name="cancel">Stops after the step at hand.</param>
    /// <exception cref="ModelInputException">The folder holds another zoo, or the training diverged.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; what is done is kept.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public Zoo Run(
        string folder, TrainingRun? run = null, IProgress<ZooProgress>? progress = null,
        CancellationToken cancel = default)
    {
        Directory.CreateDirectory(folder);
        ZooIndex index = ZooIndex.Read(folder)
            ?? new(ZooIndex.CurrentFormat, Spec, _classes, _tasks.Length, Fingerprint, []);
        if (index.Fingerprint != Fingerprint)
            throw new ModelInputException(
                $"{folder} holds another zoo, of another model, other images or another recipe; take another folder.");
        ZooShard[] whole = [.. index.Shards.TakeWhile(shard => Zoo.IsWhole(folder, shard))];
        index = index with { Shards = whole };
        index.Write(folder);
        string state = Path.Combine(folder, StateFile);
        for (int shard = whole.Length; shard * _recipe.Together < _tasks.Length; shard++)
        {
            int done = shard * _recipe.Together;
            var steps = new Steps(progress, done, _tasks.Length);
            TrainingRun own = (run ?? new TrainingRun()) with
            {
                StatePath = state, Fingerprint = $"{Fingerprint} {shard}", TimeBudget = null,
            };
            index = index with { Shards = [.. index.Shards, Build(folder, shard, own, steps, cancel)] };
            index.Write(folder);
            File.Delete(state);
        }
        return Zoo.Open(folder);
    }

    private ZooShard Build(
        string folder, int shard, TrainingRun run, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        int first = shard * _recipe.Together;
        int[][] tasks = _tasks[first..Math.Min(_tasks.Length, first + _recipe.Together)];
        ulong seed = new Rng(_recipe.Seed).Split("training").Split((ulong)shard).NextUInt64();
        float[][] initial =
            [.. tasks.Select(task => ClassifierSelection.Select(_generic.Spec, _generic.Parameters, Spec, task))];
        ClassifierTraining training = new(Spec, initial, _train.With(tasks), _recipe.Training, seed);
        if (File.Exists(run.StatePath) && !TrainingState.TryResume(run.StatePath, training, run.Fingerprint))
            File.Delete(run.StatePath);   // of the part before, which was written just before the kill
        run.Run(training, progress, cancel);
        ImageExamples test = _test.With(tasks);
        float[] parameters = [.. tasks.SelectMany((_, t) => training.Vector(t))];
        ZooEntry[] entries =
            [.. tasks.Select((task, t) => new ZooEntry(task, Accuracy.Of(Spec, training.Vector(t), test, t, cancel)))];
        string file = $"shard-{shard:D5}.safetensors";
        return new(file, Zoo.Write(Path.Combine(folder, file), parameters, tasks.Length), seed, entries);
    }

    private string FingerprintOf(ImageSet train, ImageSet test)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{_recipe}\n{_generic.Spec}\n{string.Join('\n', _classes)}\n"));
        hash.AppendData(MemoryMarshal.AsBytes(_generic.Parameters));
        foreach (ImageSet images in new[] { train, test })
        {
            hash.AppendData(MemoryMarshal.AsBytes(images.Labels.AsSpan()));
            hash.AppendData(images.Images);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed class Steps(IProgress<ZooProgress>? progress, int done, int tasks) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress?.Report(new(done, tasks, value));
    }
}
