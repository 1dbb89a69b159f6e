using ML.TextToModel.Encoders;

namespace ML.TextToModel.Cli.Inputs;

/// <summary>Classes as users list them: on the command line, or a line each in a file.</summary>
internal static class ClassTexts
{
    /// <summary>Reads "a,b,c".</summary>
    public static IReadOnlyList<ClassText> Split(string list) =>
        [.. list.Split(',', StringSplitOptions.TrimEntries).Select(name => new ClassText(name))];

    /// <summary>
    /// Reads a file of one class a line, which a tab and a description may follow; empty lines do not count.
    /// </summary>
    /// <exception cref="ModelInputException">There is no such file, or it names no class.</exception>
    public static IReadOnlyList<ClassText> Read(string path)
    {
        if (!File.Exists(path)) throw new ModelInputException($"There is no file {path}.");
        ClassText[] classes =
        [
            .. from line in File.ReadLines(path)
               where !string.IsNullOrWhiteSpace(line)
               let cells = line.Split('\t', 2, StringSplitOptions.TrimEntries)
               select new ClassText(cells[0], cells.Length > 1 && cells[1].Length > 0 ? cells[1] : null),
        ];
        return classes.Length > 0 ? classes : throw new ModelInputException($"{path} names no class.");
    }
}
