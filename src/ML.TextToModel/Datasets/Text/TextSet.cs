namespace ML.TextToModel.Datasets;

/// <summary>One labelled sentence or pair.</summary>
/// <param name="TextA">The (first) sentence.</param>
/// <param name="TextB">The second sentence, or null in a task of single sentences.</param>
/// <param name="Label">The place of its class in <see cref="TextTask.Classes"/>; -1 where the label is a score.</param>
/// <param name="Score">The score; NaN where the label is a class.</param>
/// <param name="Line">The line on which its row begins, counted from 1.</param>
public readonly record struct TextExample(string TextA, string? TextB, int Label, float Score, long Line);

/// <summary>
/// Reads the labelled sentences of a task: TSV files without quoting, as GLUE has them, or JSON files with the fields
/// text_a, text_b and label.
/// </summary>
public sealed class TextSet
{
    private TextSet(TextTask task, List<TextExample> examples, List<SkippedRow> skipped) =>
        (Task, Examples, Skipped) = (task, examples, skipped);

    /// <summary>The task.</summary>
    public TextTask Task { get; }

    /// <summary>The rows, in file order.</summary>
    public IReadOnlyList<TextExample> Examples { get; }

    /// <summary>The damaged rows that were left out, if the caller allowed it.</summary>
    public IReadOnlyList<SkippedRow> Skipped { get; }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A TSV or JSON file, packed by gzip or not.</param>
    /// <param name="task">The task, which says where the file keeps what.</param>
    /// <param name="badRows">Whether a damaged row throws (the default) or is skipped and listed.</param>
    /// <exception cref="ModelInputException">The file is no such table, or a row is damaged.</exception>
    public static TextSet Load(string path, TextTask task, BadRows badRows = BadRows.Throw) =>
        Load(TableReader.OpenFile(path), task, badRows, path);

    /// <summary>Reads a whole stream, and disposes it.</summary>
    /// <param name="stream">The bytes; need not be seekable.</param>
    /// <param name="task">The task, which says where the file keeps what.</param>
    /// <param name="badRows">Whether a damaged row throws (the default) or is skipped and listed.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="ModelInputException">The stream is no such table, or a row is damaged.</exception>
    public static TextSet Load(Stream stream, TextTask task, BadRows badRows = BadRows.Throw, string name = "the texts")
    {
        var skipped = new List<SkippedRow>();
        List<TextExample> examples = [.. Read(stream, task, badRows == BadRows.Report ? skipped : null, name)];
        return new TextSet(task, examples, skipped);
    }

    /// <summary>Reads a stream row by row, and disposes it at the end.</summary>
    /// <param name="stream">The bytes; need not be seekable.</param>
    /// <param name="task">The task, which says where the file keeps what.</param>
    /// <param name="skipped">Takes the damaged rows; null to throw at the first one.</param>
    /// <param name="name">What to call the stream in messages.</param>
    /// <exception cref="ModelInputException">The stream is no such table, or a row is damaged.</exception>
    public static IEnumerable<TextExample> Read(Stream stream, TextTask task, ICollection<SkippedRow>? skipped = null,
        string name = "the texts")
    {
        using TableReader reader = TableReader.Open(stream, Options(task, skipped), name, declaredOnly: true);
        if (reader.Format == TableFormat.Json)
            task = task with { TextA = "text_a", TextB = task.TextB is null ? null : "text_b", Label = "label" };
        int a = reader.IndexOf(task.TextA), label = reader.IndexOf(task.Label);
        int b = task.TextB is null ? -1 : reader.IndexOf(task.TextB);

        while (reader.Read())
        {
            TableRow row = reader.Row;
            string? damage = row.Error;
            TextExample example = default;
            if (damage is null && Examine(row, task, a, b, label, out example) is (TextSetFault fault, string message))
            {
                if (skipped is null) throw new TextSetException(fault, name, row.Line, message);
                damage = message;
            }
            if (damage is null) yield return example;
            else skipped!.Add(new SkippedRow(row.Line, damage));
        }
    }

    /// <summary>No quoting, and texts as they are: words such as "null" are words here.</summary>
    private static TableOptions Options(TextTask task, ICollection<SkippedRow>? skipped) => new()
    {
        Delimiter = '\t',
        Quoted = false,
        HasHeader = task.HasHeader,
        MissingMarks = [],
        BadRows = skipped is null ? BadRows.Throw : BadRows.Report,
    };

    private static (TextSetFault, string)? Examine(TableRow row, TextTask task, int a, int b, int label,
        out TextExample example)
    {
        example = default;
        string? textA = row.Text(a), textB = b < 0 ? null : row.Text(b), answer = row.Text(label);
        if (textA is null || b >= 0 && textB is null) return (TextSetFault.NoText, "the row lacks a sentence.");
        if (answer is null) return (TextSetFault.NoLabel, "the row has no label.");
        float score = float.NaN;
        int index = -1;
        if (task.IsRegression)
        {
            if (!TableColumn.TryParse(answer, decimalComma: false, out score) || float.IsNaN(score))
                return (TextSetFault.ScoreNotANumber, $"the score '{answer}' is no number.");
        }
        else
        {
            for (int i = 0; i < task.Classes.Count; i++)
                if (task.Classes[i] == answer) index = i;
            if (index < 0)
                return (TextSetFault.UnknownLabel,
                    $"the label '{answer}' is none of {string.Join(", ", task.Classes)}.");
        }
        example = new TextExample(textA, textB, index, score, row.Line);
        return null;
    }
}
