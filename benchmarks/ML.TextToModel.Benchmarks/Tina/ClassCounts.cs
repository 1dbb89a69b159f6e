using ML.TextToModel.Evaluation;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>One checkpoint for tasks of 2 to 50 classes, each against classifier selection.</summary>
internal static class ClassCounts
{
    private const int QuickTasks = 5, Tasks = 100;

    private static readonly int[] s_counts = [2, 3, 5, 10, 20, 30, 50];

    public static IEnumerable<BenchmarkRow> Run(TinaStudy study)
    {
        foreach (int count in s_counts)
        {
            int[][] tasks = TaskSampler.Draw(
                study.Data.Train.ClassNames.Count, count, study.Context.Choose(QuickTasks, Tasks), new((ulong)count));
            double[] selection = study.Accuracies(tasks, study.Select);
            double[] generated = study.Accuracies(tasks, task => study.Generate(task).Parameters.ToArray());
            yield return (TinaStudy.Row(
                $"{count} classes, Tina, p-Acc / classifier selection", generated,
                TinaStudy.Gain(generated, selection)) with { Target = selection.Average() }).Judge(study.Complete);
        }
    }
}
