using System.Security.Cryptography;

namespace ML.TextToModel.Cli.Output;

/// <summary>Files that the tool writes, checked before the work rather than after it.</summary>
internal static class OutputFile
{
    /// <exception cref="ModelInputException">The file cannot be written, or is one of the inputs.</exception>
    public static void Check(string path, params IEnumerable<string> inputs)
    {
        if (path.Length == 0) throw new ModelInputException("The name of the output file is empty.");
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new ModelInputException($"{path} is a folder; name a file in it.");
        // The file is replaced by a new one, which would be the end of a device.
        if (full.StartsWith("/dev/", StringComparison.Ordinal))
            throw new ModelInputException($"{path} is a device; name a regular file.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new ModelInputException($"The folder of {path} does not exist; create it first.");
        if (inputs.Any(input => Path.GetFullPath(input) == full))
            throw new ModelInputException($"{path} is also an input and would be lost; name another file.");
    }

    /// <summary>The sha256 of a file in hexadecimal.</summary>
    public static string Sha256(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
