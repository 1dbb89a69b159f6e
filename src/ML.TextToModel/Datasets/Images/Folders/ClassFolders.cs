namespace ML.TextToModel.Datasets;

/// <summary>Finds the classes of images in the folders that they lie in.</summary>
internal static class ClassFolders
{
    /// <summary>
    /// The first folder of each path; null for a file beside the folders. Folders around all the others, such as that
    /// of an archive of one folder, are passed over.
    /// </summary>
    public static string?[] Of(IReadOnlyList<string> paths)
    {
        string[][] folders = [.. paths.Select(path => path.Split('/')[..^1])];
        int level = 0;
        while (folders.All(names => names.Length > level + 1 && names[level] == folders[0][level])) level++;
        return [.. folders.Select(names => names.Length > level ? names[level] : null)];
    }
}
