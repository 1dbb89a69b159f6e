using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>
/// In how many sentences the classes are found exactly. The rules were made by one half; the other was written before
/// them and only tests.
/// </summary>
internal static class ClassSentences
{
    private const double LeastShare = 0.9;

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        foreach (string half in new[] { "development", "test" })
        {
            (string Sentence, string Classes)[] sentences =
                [.. SentenceFile.Read($"classes-{half}.tsv").Select(row => (row[0], row[1]))];
            int exact = sentences.Count(one => Found(one.Sentence) == one.Classes);
            yield return new BenchmarkRow(
                $"sentences whose classes are found exactly, {half} half", exact / (double)sentences.Length, "share",
                LeastShare, N: sentences.Length, Detail: $"{exact} of {sentences.Length}").Judge();
        }
    }

    private static string Found(string sentence) => string.Join(
        '|', RequirementProfiler.Profile(new() { Description = sentence }).Classes.Select(one => one.Name));
}
