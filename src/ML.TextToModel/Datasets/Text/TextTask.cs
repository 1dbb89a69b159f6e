namespace ML.TextToModel.Datasets;

/// <summary>A task on one sentence or a pair of them: where its files keep what.</summary>
/// <param name="Name">The name of the task, and of its folder.</param>
/// <param name="TextA">The column of the (first) sentence: a name, or a number from 1.</param>
/// <param name="TextB">The column of the second sentence, or null.</param>
/// <param name="Label">The column of the class or score.</param>
/// <param name="Classes">The labels in order; empty where the label is a score.</param>
public sealed record TextTask(string Name, string TextA, string? TextB, string Label,
    params IReadOnlyList<string> Classes)
{
    /// <summary>Whether the first line of its TSV files names the columns. Default true.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Whether the label is a score rather than a class.</summary>
    public bool IsRegression => Classes.Count == 0;

    /// <summary>The tasks of GLUE (Wang et al. 2018) in the layout of its TSV files.</summary>
    public static IReadOnlyList<TextTask> Glue { get; } =
    [
        new("CoLA", "4", null, "2", "0", "1") { HasHeader = false },
        new("SST-2", "sentence", null, "label", "0", "1"),
        new("MRPC", "#1 String", "#2 String", "Quality", "0", "1"),
        new("RTE", "sentence1", "sentence2", "label", "entailment", "not_entailment"),
        new("WNLI", "sentence1", "sentence2", "label", "0", "1"),
        new("STS-B", "sentence1", "sentence2", "score"),
        new("QNLI", "question", "sentence", "label", "entailment", "not_entailment"),
        new("QQP", "4", "5", "6", "0", "1") { HasHeader = false },
        new("MNLI", "premise", "hypothesis", "label", "entailment", "neutral", "contradiction"),
    ];

    /// <summary>Finds a GLUE task by its name, case aside.</summary>
    /// <exception cref="TextSetException">There is none.</exception>
    public static TextTask Find(string name) =>
        Glue.FirstOrDefault(task => task.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new TextSetException(TextSetFault.UnknownTask, name, 0,
            $"this is no known task. The tasks are {string.Join(", ", Glue.Select(task => task.Name))}.");
}

/// <summary>What can be wrong with a text data set, beside what can be wrong with its table.</summary>
public enum TextSetFault
{
    /// <summary>No task has this name.</summary>
    UnknownTask,

    /// <summary>A row has no sentence, or lacks the second of a pair.</summary>
    NoText,

    /// <summary>A row has no label.</summary>
    NoLabel,

    /// <summary>A label is not among the task's classes.</summary>
    UnknownLabel,

    /// <summary>A score is no number.</summary>
    ScoreNotANumber,
}

/// <summary>A text data set cannot be read; the message says what is wrong, where, and what to do.</summary>
public sealed class TextSetException : ModelInputException
{
    internal TextSetException(TextSetFault fault, string file, long line, string message)
        : base(line > 0 ? $"{file}, line {line}: {message}" : $"{file}: {message}")
    {
        Fault = fault;
        File = file;
        Line = line;
    }

    /// <summary>What is wrong.</summary>
    public TextSetFault Fault { get; }

    /// <summary>The file's path, or the name given with the stream.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, or 0 where no line is concerned.</summary>
    public long Line { get; }
}
