namespace ML.TextToModel.Datasets;

/// <summary>Reads a file with the name of one class on each line, in the order of their ids.</summary>
public static class ClassNameFile
{
    /// <summary>The most classes.</summary>
    public const int MaxClasses = 65_536;

    /// <summary>Reads a stream, and disposes it.</summary>
    /// <param name="stream">UTF-8 text, packed by gzip or not.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <param name="field">Which field of a line with tabs is the name, from 0.</param>
    /// <exception cref="ImageException">A line has no name or one that was there before, or there are none.</exception>
    /// <exception cref="TableException">The stream is no text.</exception>
    public static string[] Read(Stream stream, string name = "the class names", int field = 0)
    {
        using TextInput text = TextInput.Open(stream, name);
        var lines = new LineReader(text);
        var names = new List<string>();
        var seen = new HashSet<string>();
        while (lines.Read())
        {
            if (lines.Line.Trim().IsEmpty) continue;   // the official files end with a blank line
            if (lines.Line.Length > TableLimits.FieldChars) throw Bad("is too long");
            string[] fields = lines.Line.ToString().Split('\t');
            string className = field < fields.Length ? fields[field].Trim() : "";
            if (className.Length is 0 or > TableLimits.NameChars) throw Bad("has no usable name");
            if (!seen.Add(className)) throw Bad($"has the name '{className}' again");
            if (names.Count == MaxClasses) throw Bad($"is one too many: {MaxClasses:N0} classes at most");
            names.Add(className);
        }
        return names.Count > 0 ? [.. names]
            : throw new ImageException(ImageFault.BadClassNames, name, "the file holds no names.");

        ImageException Bad(string what) => new(ImageFault.BadClassNames, name, $"line {lines.Number} {what}.");
    }
}
