namespace ML.TextToModel.Benchmarks;

/// <summary>
/// The folder in which a run keeps models and intermediate results, and from which a later one resumes.
/// </summary>
internal static class Artifacts
{
    public static string Path(BenchmarkContext context, string file)
    {
        string folder = context.Options.Artifacts
            ?? System.IO.Path.Combine(RepositoryFolder.Root, "artifacts", "benchmarks");
        string path = System.IO.Path.Combine(folder, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }
}
