using System.IO.Enumeration;

namespace ML.TextToModel.Datasets;

/// <summary>The image files below a folder.</summary>
internal sealed class FolderFiles(string root, IReadOnlyList<string> paths) : ImageFiles
{
    public override IReadOnlyList<string> Paths => paths;

    /// <summary>Finds them; links to folders are not followed, as they may lead in circles.</summary>
    /// <exception cref="ImageException">A folder cannot be read, or there are too many files.</exception>
    public static string[] Find(string root)
    {
        var found = new FileSystemEnumerable<string>(
            root,
            (ref FileSystemEntry entry) => Path.GetRelativePath(root, entry.ToFullPath())
                .Replace(Path.DirectorySeparatorChar, '/'),
            new EnumerationOptions
            {
                RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false,
            })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && IsImage(entry.FileName),
            ShouldRecursePredicate = (ref FileSystemEntry entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !entry.FileName.StartsWith("."),
        };
        try
        {
            var paths = new List<string>();
            foreach (string path in found)
            {
                if (paths.Count == MaxFiles) throw TooMany(root);
                paths.Add(path);
            }
            paths.Sort(StringComparer.Ordinal);
            return [.. paths];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ImageFault.NotFound, root,
                $"the folder cannot be read: {failure.Message}", failure);
        }
    }

    public override string Name(int index) => Path.Combine(root, paths[index]);

    public override byte[] Read(int index, DecodingLimits limits) => ImageDecoder.ReadFile(Name(index), limits);
}
