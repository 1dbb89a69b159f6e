namespace ML.TextToModel.Benchmarks.Requirements;

/// <summary>The files of sentences beside this one: a header, then a row a line, fields between tabs.</summary>
internal static class SentenceFile
{
    public static IEnumerable<string[]> Read(string name) => File.ReadLines(Path.Combine(
        RepositoryFolder.Root, "benchmarks", "ML.TextToModel.Benchmarks", "Requirements", "Sentences", name))
        .Skip(1).Select(line => line.Split('\t'));
}
