namespace ML.TextToModel.SemanticKernel;

/// <summary>
/// The one folder whose files a language model may name. A name is relative to it, and leads neither out of it nor
/// through a link; hard links cannot be told from files. Whoever else can write to the folder while a name is looked
/// at could still put a link there: keep it to the agent.
/// </summary>
internal sealed class WorkFolder
{
    private readonly string _root;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public WorkFolder(string folder)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(_root)) throw new DirectoryNotFoundException($"There is no folder {_root}.");
    }

    /// <summary>The path of a file to read, or of a folder, in which there is no link either.</summary>
    /// <exception cref="ModelInputException">It is outside, a link, missing or empty.</exception>
    public string Input(string name)
    {
        string path = Resolve(name);
        if (Directory.Exists(path)) CheckInside(path, name);
        else if (!File.Exists(path)) throw new ModelInputException($"There is no file '{name}' in the folder.");
        else if (new FileInfo(path).Length == 0) throw new ModelInputException($"'{name}' is empty, or no file.");
        return path;
    }

    /// <summary>The path of a file to write, in a folder that exists.</summary>
    /// <exception cref="ModelInputException">It is outside, a link or a folder, or its folder is missing.</exception>
    public string Output(string name)
    {
        string path = Resolve(name);
        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(path)))
            throw new ModelInputException($"'{name}' is a folder, or in one that does not exist.");
        return path;
    }

    /// <summary>A message without the folder's place on this machine.</summary>
    public string Hide(string message) =>
        message.Replace(_root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(_root, "the folder", StringComparison.Ordinal);

    private string Resolve(string name)
    {
        string[] parts = name.Split('/', '\\');
        // Windows leaves out dots and spaces at the end; with a colon it names drives and streams.
        if (Path.IsPathRooted(name) || name.Any(c => c is ':' || char.IsControl(c))
            || parts.Any(part => part.TrimEnd('.', ' ').Length == 0))
        {
            throw new ModelInputException(
                $"'{name}' is no name in the folder: give one relative to it, with / between folders and without ..");
        }
        string path = _root;
        foreach (string part in parts)
        {
            path = Path.Combine(path, part);
            CheckNoLink(path, name);
        }
        return path;
    }

    private static void CheckInside(string folder, string name)
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(folder))
        {
            CheckNoLink(path, name);
            if (Directory.Exists(path)) CheckInside(path, name);
        }
    }

    private static void CheckNoLink(string path, string name)
    {
        FileInfo file = new(path);
        bool exists = file.Exists || Directory.Exists(path);
        if (file.LinkTarget is null && !(exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint))) return;
        throw new ModelInputException($"'{name}' is, or holds, a link; links are not followed.");
    }
}
