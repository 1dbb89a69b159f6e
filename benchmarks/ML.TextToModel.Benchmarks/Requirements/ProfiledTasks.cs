using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>
/// On how many files label column, modality, classes, and pair or single text are all right; prints the sentences.
/// </summary>
internal static class ProfiledTasks
{
    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        foreach (IGrouping<string, KnownTask> group in KnownTask.All.GroupBy(task => task.Group))
        {
            List<string> wrong = [], absent = [];
            int unnamed = 0, headerless = 0;
            foreach (KnownTask task in group)
            {
                context.Cancel.ThrowIfCancellationRequested();
                if (task.Open(context.Options.DataRoot) is not { } input)
                {
                    absent.Add(task.File);
                    continue;
                }
                TaskRequirement found = RequirementProfiler.Profile(input, cancel: context.Cancel);
                context.Print($"- `{Path.GetFileName(task.File)}`: {found.Sentence}");
                if (Faults(task, found) is { Length: > 0 } faults)
                    wrong.Add($"{task.File}: {string.Join(", ", faults)}");
                if (task.Columns is null) continue;
                headerless++;
                string[] columns = task.Columns.Split(',');
                int place = Array.IndexOf(columns, task.Label);
                TaskRequirement bare = RequirementProfiler.Profile(
                    task.Open(context.Options.DataRoot, named: false)!, cancel: context.Cancel);
                if (bare.Label == $"Column{place + 1}") unnamed++;
            }
            int files = group.Count(), right = files - wrong.Count - absent.Count;
            yield return new BenchmarkRow(
                $"files of {group.Key} profiled right", right, "files", files, N: files - absent.Count,
                Detail: wrong.Count > 0 ? string.Join("; ", wrong)
                    : absent.Count > 0 ? $"absent: {string.Join(", ", absent)}"
                    : "label column, modality, classes, and pair or single").Judge(complete: absent.Count == 0);
            if (headerless > 0)
                yield return new BenchmarkRow(
                    $"{group.Key} without a header: label found without column names too", unnamed, "files",
                    N: headerless);
        }
    }

    private static string[] Faults(KnownTask task, TaskRequirement found)
    {
        string[] classes = [.. found.Classes.Select(one => one.Name)];
        bool right = task.ClassCount is { } count
            ? classes.Length == count
            : classes.SequenceEqual(task.Classes ?? []);
        TaskKind kind = task.Classes is null ? TaskKind.Score : TaskKind.Classification;
        return
        [
            .. found.Label == task.Label ? Array.Empty<string>() : [$"label {found.Label}"],
            .. found.Modality == task.Modality ? Array.Empty<string>() : [$"modality {found.Modality}"],
            .. right ? Array.Empty<string>() : [$"classes {string.Join(' ', classes.Take(5))}"],
            .. found.Task == kind ? Array.Empty<string>() : [$"task {found.Task}"],
            .. found.Inputs.Texts.SequenceEqual(task.Texts)
                ? Array.Empty<string>()
                : [$"texts {string.Join(' ', found.Inputs.Texts)}"],
        ];
    }
}
