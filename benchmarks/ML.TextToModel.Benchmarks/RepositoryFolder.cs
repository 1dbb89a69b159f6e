namespace ML.TextToModel.Benchmarks;

/// <summary>Finds files of the repository from wherever the benchmarks were built.</summary>
internal static class RepositoryFolder
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ML.TextToModel.sln"))) return folder.FullName;
        throw new InvalidOperationException("The benchmarks run from inside the repository.");
    }
}
