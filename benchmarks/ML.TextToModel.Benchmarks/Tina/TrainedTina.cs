using System.Globalization;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// A generator that a check trains itself, from the generic model and with the shipped text encoder; kept in artifacts,
/// and a training that was stopped goes on.
/// </summary>
/// <param name="Generator">The generator.</param>
/// <param name="Hours">How long its training took.</param>
internal sealed record TrainedTina(TinaGenerator Generator, double Hours)
{
    /// <summary>What an earlier run of the same training left, or a new one.</summary>
    /// <param name="study">The images, the generic model and the artifacts.</param>
    /// <param name="name">Names its files.</param>
    /// <param name="sizes">The sizes of the network.</param>
    /// <param name="options">How to train.</param>
    /// <param name="zoo">P-models, where the objective needs them.</param>
    /// <param name="from">A checkpoint in place of the generic model.</param>
    public static TrainedTina LoadOrTrain(
        TinaStudy study, string name, TinaOptions sizes, TinaTrainingOptions options, ZooSample? zoo = null,
        TrainedTina? from = null)
    {
        TinaPretraining training = new(
            from is null ? study.Generic : null, study.Data.Train, WordTextEncoder.Shipped, sizes, options, seed: 1,
            zoo: zoo, trained: from?.Generator);
        string file = $"tina-{name}-{training.Fingerprint[..8]}.safetensors";   // others for other p-models or options
        string path = Artifacts.Path(study.Context, file), state = path + ".state", clock = path + ".seconds";
        double before = File.Exists(clock) ? double.Parse(File.ReadAllText(clock), CultureInfo.InvariantCulture) : 0;
        if (File.Exists(path)) return new(TinaGenerator.Load(path), before / 3600);
        void Write(double seconds) =>
            File.WriteAllText(clock, (before + seconds).ToString(CultureInfo.InvariantCulture));
        Lines lines = new(study.Context, name, Write);
        TrainingOutcome outcome = training.Run(
            new TrainingRun { StatePath = state, SaveEvery = TimeSpan.FromSeconds(30) }, lines, study.Context.Cancel);
        Write(outcome.Elapsed.TotalSeconds);
        training.WriteCheckpoint(path);
        File.Delete(state);
        return new(TinaGenerator.Load(path), (before + outcome.Elapsed.TotalSeconds) / 3600);
    }

    /// <summary>Says every half minute how far the training is, and writes down how long it has taken.</summary>
    private sealed class Lines(BenchmarkContext context, string name, Action<double> write)
        : IProgress<TrainingProgress>
    {
        private const double Every = 30;

        private double _last;

        public void Report(TrainingProgress value)
        {
            if (value.Elapsed.TotalSeconds - _last < Every) return;
            _last = value.Elapsed.TotalSeconds;
            write(_last);
            context.Log($"{name}: step {value.Step:N0} of {value.TotalSteps:N0}, loss {value.Loss:F4}");
        }
    }
}
