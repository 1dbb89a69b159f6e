using System.Globalization;
using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>
/// Tasks with classes whose images and names nothing has seen, beside the ridge map from text vectors to class rows:
/// with CLIP's vectors of class names and with the encoder that ships; and TAPER-Mixer. Half an hour on 2 cores;
/// resumes.
/// </summary>
internal static class UnseenClasses
{
    private const int TasksOfEach = 100;
    private const double OverRidge = 0.04;
    private const string Clip = "CLIP", Own = "own encoder";

    // What the paper's Tina and TAPER-Mixer reach, in percent, on its own data budget (Tina, arXiv 2405.14132).
    private static readonly (int Unseen, double Tina, double Mixer)[] s_paper =
        [(0, 62.5, 60.3), (2, 55.4, 51.9), (4, 49.2, 42.5), (6, 42.8, 31.5), (10, 30.9, 0)];

    private static readonly UnseenRecipe s_recipe =
        new(Ridge: 3, HoldOut: 0.8f, Noise: 0.3f, BaseHidden: 1, Steps: 12_000);

    private static readonly Dictionary<string, double> s_targets = new() { [Clip] = 0.33, [Own] = 0.26 };

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        if (!study.Complete)
        {
            yield return BenchmarkRow.Absent("unseen classes, p-Acc", "share", "only in a full run, which trains");
            yield break;
        }
        (int[] known, int[] unseen) = UnseenSplit.Of(study.Data.Train);
        UnseenStudy own = new(study.Context, study.Data, known, "known50");
        int[][][] tasks = [.. s_paper.Select(
            one => UnseenSplit.Tasks(known, unseen, one.Unseen, TasksOfEach, new Rng(6).Split((ulong)one.Unseen)))];
        foreach ((string name, ITextEncoder encoder) in Encoders(study))
        {
            (double Penalty, double Accuracy)[] grid = [.. UnseenSettings.RidgePenalties(own, known, encoder)];
            double best = grid.MaxBy(one => one.Accuracy).Penalty;
            RidgeMap map = new(own.Generic, encoder, [.. Enumerable.Range(0, known.Length)], best);
            double[][] ridge =
                [.. tasks.Select(some => own.Accuracies(some, task => map.Parameters(own.Names(task))))];
            string tried = string.Join(
                ", ", grid.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Penalty}: {g.Accuracy:P1}")));
            for (int i = 0; i < ridge.Length; i++)
                yield return TinaStudy.Row(
                    $"{Check(name, i)}, ridge map, p-Acc", ridge[i],
                    i == 0 ? $"penalty {best}, by known classes held out: {tried}" : null);
            for (int i = 0; i < ridge.Length; i++)
                yield return TinaStudy.Row(
                    $"{Check(name, i)}, TAPER-Mixer, p-Acc", own.Mixed(tasks[i], encoder, name.Replace(' ', '-')),
                    $"the paper's {s_paper[i].Mixer} %");
            TinaGenerator generator = own.Train(encoder, name.Replace(' ', '-'), s_recipe);
            for (int i = 0; i < ridge.Length; i++)
            {
                double[] tina = own.Accuracies(tasks[i], generator);
                BenchmarkRow row = TinaStudy.Row(
                    $"{Check(name, i)}, p-Acc", tina,
                    $"ridge map {TinaStudy.Gain(tina, ridge[i])}; the paper's {s_paper[i].Tina} %");
                if (s_paper[i].Unseen < UnseenSplit.TaskSize)
                {
                    yield return row;
                    continue;
                }
                yield return (row with { Target = s_targets[name] }).Judge();
                yield return (row with
                {
                    Check = $"{Check(name, i)}, p-Acc / ridge map + 4 points", Target = ridge[i].Average() + OverRidge,
                }).Judge();
            }
        }

        string Check(string name, int i) => $"{name}, {100 * s_paper[i].Unseen / UnseenSplit.TaskSize} % unseen";
    }

    /// <summary>The text encoders that are at hand, by name.</summary>
    public static IEnumerable<(string Name, ITextEncoder Encoder)> Encoders(TinaStudy study)
    {
        string vectors = Path.Combine(KnownDatasets.Roots[0], "..", "models", "clip", "clip_vitb32_text_cifar100.npy");
        if (File.Exists(vectors))
            yield return (Clip, PrecomputedTextEncoder.Load(vectors, study.Data.Train.ClassNames));
        yield return (Own, WordTextEncoder.Shipped);
    }
}
