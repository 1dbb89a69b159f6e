using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>Whether the classifier follows its prompt: other texts in place of the classes', and other noise.</summary>
internal static class Prompts
{
    private const double PointsBelow = 0.05;

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        double[] right = study.Accuracies(study.Tasks, task => study.Generate(task).Parameters.ToArray());
        Rng rng = new(3);
        double[] shuffled = study.Accuracies(study.Tasks, task =>
        {
            // Along a cycle through all, so no class keeps its own text.
            int[] order = rng.Permutation(task.Length), texts = new int[task.Length];
            for (int i = 0; i < order.Length; i++) texts[order[i]] = task[order[(i + 1) % order.Length]];
            return study.Generate(texts).Parameters.ToArray();
        });
        yield return Below("shuffled prompt", shuffled);
        double[] others = study.Accuracies(study.Tasks, task =>
        {
            int[] strangers = [.. Enumerable.Range(0, study.Data.Train.ClassNames.Count).Except(task)];
            return study.Generate([.. rng.Permutation(strangers.Length)[..task.Length].Select(i => strangers[i])])
                .Parameters.ToArray();
        });
        yield return Below("prompt of other classes", others);
        string[] nothing =
            ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
        double[] empty = study.Accuracies(study.Tasks, task => study.Generator.Generate(
            [.. task.Select((_, i) => new ClassText(nothing[i]))], null, study.Context.Cancel).Parameters.ToArray());
        yield return Below("prompt that says nothing", empty);

        double[] noise = study.Accuracies(
            study.Tasks, task => study.Generate(task, new() { Seed = 1 }).Parameters.ToArray());
        double change = study.Tasks.Average(task =>
        {
            FittedClassifier a = study.Generate(task), b = study.Generate(task, new() { Seed = 1 });
            return Distance(a.Parameters, b.Parameters);
        });
        yield return TinaStudy.Row(
            "other noise, p-Acc", noise,
            $"{TinaStudy.Gain(noise, right)}; parameters differ by {change:P2} of their length");

        BenchmarkRow Below(string name, double[] accuracies) =>
            (TinaStudy.Row($"{name}, p-Acc", accuracies, TinaStudy.Gain(accuracies, right)) with
            {
                Target = right.Average() - PointsBelow, Better = "lower",
            }).Judge(study.Complete);
    }

    /// <summary>The distance of two vectors over the length of the first.</summary>
    public static double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double squares = 0, length = 0;
        for (int i = 0; i < a.Length; i++)
        {
            squares += Math.Pow(a[i] - b[i], 2);
            length += (double)a[i] * a[i];
        }
        return Math.Sqrt(squares / length);
    }
}
