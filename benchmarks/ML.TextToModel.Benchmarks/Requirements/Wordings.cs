using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>
/// Twenty tasks in five wordings each: of how many all wordings give the right modality and classes. The rules were
/// made by three wordings of each; the other two only test.
/// </summary>
internal static class Wordings
{
    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        (string Task, string Part, bool Right)[] wordings =
        [
            .. SentenceFile.Read("wordings.tsv").Select(row => (row[0], row[1], IsRight(row[4], row[2], row[3]))),
        ];
        int tasks = wordings.CountBy(one => one.Task).Count();
        int same = wordings.GroupBy(one => one.Task).Count(task => task.All(one => one.Right));
        yield return new BenchmarkRow(
            "tasks whose five wordings all give the right modality and classes", same, "tasks", tasks, N: tasks)
            .Judge();
        foreach (IGrouping<string, (string Task, string Part, bool Right)> part in wordings.GroupBy(one => one.Part))
        {
            int right = part.Count(one => one.Right), all = part.Count();
            yield return new BenchmarkRow(
                $"wordings that give the right modality and classes, {part.Key}", right, "wordings", all, N: all)
                .Judge();
        }
    }

    private static bool IsRight(string wording, string modality, string classes)
    {
        TaskRequirement found = RequirementProfiler.Profile(new() { Description = wording });
        return found.Modality.ToString().Equals(modality, StringComparison.OrdinalIgnoreCase)
            && string.Join('|', found.Classes.Select(one => one.Name)) == classes;
    }
}
