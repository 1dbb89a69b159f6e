using ML.TextToModel.Audits;
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
        double[] shuffled = study.Accuracies(
            study.Tasks, task => study.Generate(ControlPrompts.Shuffled(task, rng)).Parameters.ToArray());
        yield return Below("shuffled prompt", shuffled);
        IEnumerable<int> all = Enumerable.Range(0, study.Data.Train.ClassNames.Count);
        double[] others = study.Accuracies(
            study.Tasks, task => study.Generate(ControlPrompts.Others(task, all, rng)!).Parameters.ToArray());
        yield return Below("prompt of other classes", others);
        double[] empty = study.Accuracies(study.Tasks, task => study.Generator.Generate(
            ControlPrompts.Empty(task.Length), null, study.Context.Cancel).Parameters.ToArray());
        yield return Below("prompt that says nothing", empty);

        double[] noise = study.Accuracies(
            study.Tasks, task => study.Generate(task, new() { Seed = 1 }).Parameters.ToArray());
        double change = study.Tasks.Average(task =>
        {
            FittedClassifier a = study.Generate(task), b = study.Generate(task, new() { Seed = 1 });
            return ParameterDistance.Relative(a.Parameters, b.Parameters);
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
}
