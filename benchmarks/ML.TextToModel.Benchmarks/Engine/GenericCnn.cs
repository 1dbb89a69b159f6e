using System.Diagnostics;
using System.Text.Json;
using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>
/// Training of a generic CNN by the defaults of <see cref="TrainingOptions"/>, on CIFAR-100 beside PyTorch's.
/// </summary>
internal static class GenericCnn
{
    private const double TargetAccuracy = 0.26;
    private const ulong Seed = 7;

    /// <summary>The CNN of 5,370 parameters; its number of classes does not count.</summary>
    public static CnnSpec Architecture { get; } = new() { Classes = 1 };

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        if (!ImageData.TryLoad(out ImageData? data, out string? why))
        {
            yield return BenchmarkRow.Absent("generic CNN, 100-way accuracy", "share", why);
            yield break;
        }
        TrainingOptions options = new() { Epochs = context.Choose(6, new TrainingOptions().Epochs) };
        CnnSpec spec = new() { Classes = data.Train.ClassNames.Count };
        (float[] parameters, double seconds) = Train(context, data, spec, options);
        double accuracy = Accuracy.Of(spec, parameters, data.TestExamples(null));
        yield return new BenchmarkRow(
            "generic CNN, 100-way accuracy", accuracy, "share", TargetAccuracy, N: 1,
            Detail: $"{options.Epochs} epochs, {data.Train.Count:N0} images, {seconds:F1} s")
            .Judge(complete: !context.Options.Quick);
        Keep(Artifacts.Path(context, FileName(context, data, spec)), spec, parameters, data, accuracy);
        if (context.Options.Quick) yield break;
        yield return PeerSeconds(context, seconds);
    }

    /// <summary>
    /// The generic model of an earlier run with the same artifacts folder, or one that is trained now.
    /// </summary>
    public static float[] LoadOrTrain(
        BenchmarkContext context, ImageData data, string? file = null, CnnSpec? architecture = null)
    {
        CnnSpec spec = (architecture ?? Architecture) with { Classes = data.Train.ClassNames.Count };
        string path = Artifacts.Path(context, file ?? FileName(context, data, spec));
        if (File.Exists(path)) return FittedClassifier.Load(path).Parameters.ToArray();
        TrainingOptions options = new() { Epochs = context.Choose(6, new TrainingOptions().Epochs) };
        (float[] parameters, _) = Train(context, data, spec, options);
        Keep(path, spec, parameters, data, null);
        return parameters;
    }

    /// <summary>A name for what belongs to an architecture, that of the usual one as it is.</summary>
    public static string Named(string name, CnnSpec architecture) =>
        architecture.Channels.SequenceEqual(Architecture.Channels)
            ? name
            : $"{name}-{string.Join('-', architecture.Channels)}";

    private static (float[] Parameters, double Seconds) Train(
        BenchmarkContext context, ImageData data, CnnSpec spec, TrainingOptions options)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ClassifierTraining training = new(
            spec, spec.Initialize(new Rng(Seed)), data.TrainExamples(null, options), options, Seed);
        float loss = float.NaN;
        int every = Math.Max(1, training.TotalSteps / 10);
        while (training.Step < training.TotalSteps)
        {
            context.Cancel.ThrowIfCancellationRequested();
            loss = training.Advance();
            if (training.Step % every == 0)
                context.Log($"generic CNN: step {training.Step:N0} of {training.TotalSteps:N0}, loss {loss:F3}, "
                    + $"{clock.Elapsed.TotalSeconds:F0} s");
        }
        return (training.Vector(), clock.Elapsed.TotalSeconds);
    }

    private static BenchmarkRow PeerSeconds(BenchmarkContext context, double seconds)
    {
        const string check = "generic CNN, seconds / PyTorch's";
        context.Log("the same training in PyTorch");
        string? reply = ChildProcess.Python(
            "torch_cnn.py", context.Cancel, "generic", "--data-root", KnownDatasets.Roots[0]);
        if (reply is null) return BenchmarkRow.Absent(check, "×", "PyTorch is absent; see benchmarks/peers/README.md");
        JsonElement row = JsonDocument.Parse(reply).RootElement.GetProperty("rows")[0];
        double peer = row.GetProperty("seconds").GetDouble(), accuracy = row.GetProperty("accuracy").GetDouble();
        return new BenchmarkRow(
            check, seconds / peer, "×", 1, "lower", N: 1,
            Detail: $"{seconds:F1} s against {peer:F1} s, which reached {accuracy:F4}").Judge();
    }

    private static void Keep(string path, CnnSpec spec, float[] parameters, ImageData data, double? accuracy) =>
        new FittedClassifier(spec, parameters, data.Train.ClassNames, data.Preprocessing, new ClassifierCard
        {
            Generator = "generic-training", Seed = Seed,
            Metrics = accuracy is { } a ? [new("accuracy", a, $"{data.Name} test")] : [],
        }).Save(path);

    private static string FileName(BenchmarkContext context, ImageData data, CnnSpec spec) =>
        $"{Named($"generic-{data.Name}", spec)}{(context.Options.Quick ? "-quick" : "")}.t2m";
}
