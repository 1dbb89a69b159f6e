using ML.TextToModel.Datasets;

namespace ML.TextToModel.Requirements;

/// <summary>A table that can be read from its start more than once.</summary>
/// <param name="Name">Its file, or what to call it in messages; the extension helps to find the format.</param>
/// <param name="Open">Opens its bytes anew.</param>
/// <param name="Options">How to read it, with the label where the user names one.</param>
public sealed record TableData(string Name, Func<Stream> Open, TableOptions Options)
{
    /// <summary>Whether rows are known to have no label: no column is taken for one. Default false.</summary>
    public bool IsUnlabelled { get; init; }

    /// <summary>The table of a file.</summary>
    /// <param name="path">CSV, TSV, ARFF or JSON, packed by gzip or not.</param>
    /// <param name="options">How to read it. Default: find out.</param>
    public static TableData Of(string path, TableOptions? options = null) =>
        new(path, () => TableReader.OpenFile(path), options ?? new TableOptions());

    /// <summary>Reads it from the start.</summary>
    /// <exception cref="TableException">The table cannot be read, or an option does not fit it.</exception>
    public TableReader Read() => TableReader.Open(Open(), Options, Name);

    /// <summary>Reads it from the start as texts, whatever kinds its columns have; bad rows are reported.</summary>
    internal TableReader ReadDeclared() =>
        TableReader.Open(Open(), Options with { BadRows = BadRows.Report }, Name, declaredOnly: true);
}
