using ML.TextToModel.Benchmarks.Engine;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;
using FineTuning = ML.TextToModel.Benchmarks.Engine.FineTuning;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// The paper's table 1 (Tina, arXiv 2405.14132) for the CNN: on CIFAR-100 the combinations of classes that the zoo
/// holds and others, drawn as these were or at random; on two smaller image sets tasks at random.
/// </summary>
internal static class MainResults
{
    private const int ChoiceTasks = 50, OfMixDrawn = 200;
    private const ulong MixSeed = 12;   // not the zoo's

    private static readonly string[] s_smallSets = ["caltech101", "miniimagenet"];

    private static readonly TinaTrainingOptions[] s_trainings =
    [
        .. from steps in new[] { 300, 1_000, 3_000 } select new TinaTrainingOptions
        {
            Steps = steps, Rate = 1e-3f, BaseRate = 10, WarmUp = steps / 10, Ridge = 0.01, AverageDecay = 0.99,
        },
    ];

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study) =>
        study.Complete ? ZooAndOthers(study).Concat(s_smallSets.SelectMany(name => SmallSet(study, name))) : [];

    private static IEnumerable<BenchmarkRow> ZooAndOthers(TinaStudy study)
    {
        ZooSample zoo = StudyZoo.Sample(study);
        (int[] Classes, float[] Parameters)[] pModels = [.. zoo.Entries.Take(study.Tasks.Length)];
        Dictionary<int[], float[]> ofZoo = pModels.ToDictionary(p => p.Classes, p => p.Parameters);
        TaperMixer mixer = MixedModels.LoadOrTrain(study);
        TinaGenerator paper = Ablations.Paper(study, zoo).Generator;
        foreach ((string where, int[][] tasks) in new[]
        {
            ("combinations of the zoo", [.. pModels.Select(p => p.Classes)]),
            ("others in the mix of the zoo", OthersInItsMix(study, zoo)), ("others at random", study.Tasks),
        })
        {
            double[] selection = study.Accuracies(tasks, study.Select);
            yield return Row(
                "generic model", FineTuning.Generic(study.Data, study.GenericSpec, study.GenericParameters, tasks));
            yield return Row("classifier selection", selection);
            yield return Row("TAPER-Mixer", study.Accuracies(tasks, mixer.Mix));
            if (tasks.All(ofZoo.ContainsKey))
                yield return Row("their p-models", study.Accuracies(tasks, task => ofZoo[task]));
            yield return Row("Tina in the paper's layout and objective", study.Accuracies(
                tasks, task => study.Generate(paper, task, Ablations.Sampler).Parameters.ToArray()));
            yield return Row("Tina", study.Accuracies(tasks, task => study.Generate(task).Parameters.ToArray()));

            BenchmarkRow Row(string method, double[] accuracies) => TinaStudy.Row(
                $"cifar100, {where}: {method}, p-Acc", accuracies,
                $"selection {TinaStudy.Gain(accuracies, selection)}");
        }
    }

    /// <summary>Tasks that are drawn as those of the zoo, and that it does not hold.</summary>
    private static int[][] OthersInItsMix(TinaStudy study, ZooSample zoo)
    {
        HashSet<string> held = [.. zoo.Entries.Select(entry => Key(entry.Classes))];
        int[][] drawn = TaskSampler.DrawMixed(
            study.Data.Train.Superclasses(), TinaStudy.TaskSize, OfMixDrawn, new Rng(MixSeed));
        return [.. drawn.Where(task => !held.Contains(Key(task))).Take(study.Tasks.Length)];

        static string Key(int[] task) => string.Join(',', task.Order());
    }

    /// <summary>How long Tina is trained is chosen on other tasks, by training images that are held out.</summary>
    private static IEnumerable<BenchmarkRow> SmallSet(TinaStudy study, string name)
    {
        if (!ImageData.TryLoad(out ImageData? data, out string? why, name))
        {
            yield return BenchmarkRow.Absent($"{name}: Tina, p-Acc", "share", why);
            yield break;
        }
        foreach (BenchmarkRow row in FineTuning.Run(study.Context, data, GenericCnn.Architecture, [10], settings: 0))
            yield return row with { Check = $"{name}: {row.Check}" };
        TinaStudy own = study.With(data, _ => study.Generator);
        double[] selection = own.Accuracies(own.Tasks, own.Select);
        TaperMixer mixer = MixedModels.LoadOrTrain(own);
        yield return Row("TAPER-Mixer", own.Accuracies(own.Tasks, mixer.Mix), "");
        TinaStudy heldOut = study.With(data.HoldOut(), _ => study.Generator);
        int[][] choice = heldOut.Draw(ChoiceTasks, seed: 2);
        (TinaTrainingOptions Training, double Accuracy)[] tried =
        [
            .. s_trainings.Select(training => (training, Accuracies(heldOut, "held-out", training, choice).Average())),
        ];
        string figures = string.Join(", ", tried.Select(t => $"{t.Training.Steps:N0} steps {t.Accuracy:P1}"));
        yield return Row(
            "Tina", Accuracies(own, "all", tried.MaxBy(t => t.Accuracy).Training, own.Tasks),
            $"; held-out images: {figures}");

        double[] Accuracies(TinaStudy on, string images, TinaTrainingOptions training, int[][] tasks)
        {
            TinaGenerator generator = TrainedTina.LoadOrTrain(
                on, $"{name}-{images}", new() { Width = 128, Layers = 2, Heads = 4, Hidden = 256 }, training).Generator;
            return on.Accuracies(tasks, task => on.Generate(generator, task).Parameters.ToArray());
        }

        BenchmarkRow Row(string method, double[] accuracies, string more) => TinaStudy.Row(
            $"{name}: {method}, p-Acc", accuracies, $"selection {TinaStudy.Gain(accuracies, selection)}{more}");
    }
}
