namespace ML.TextToModel.Datasets;

/// <summary>One format of table: turns characters into rows and says what the columns are.</summary>
internal abstract class TableSource(TextInput text) : IDisposable
{
    protected TextInput Text { get; } = text;

    public abstract TableFormat Format { get; }

    /// <summary>
    /// Reads the next row into <paramref name="row"/>; a row that cannot be used is marked as failed, and the next call
    /// goes on after it.
    /// </summary>
    /// <returns>Whether there was a row.</returns>
    public abstract bool Read(TableRow row);

    /// <summary>
    /// The columns, known once the first rows are read; takes a header out of <paramref name="first"/>. Every row is
    /// checked against them from then on.
    /// </summary>
    public abstract TableColumn[] FindColumns(List<TableRow> first, TableOptions options);

    /// <summary>Marks a row that does not fit the columns as failed.</summary>
    public abstract void Check(TableRow row);

    public void Dispose() => Text.Dispose();

    /// <summary>Chooses the format by content and extension.</summary>
    public static TableSource Open(TextInput text, TableOptions options)
    {
        string extension = Extension(text.File);
        return Format() switch
        {
            TableFormat.Arff => new ArffSource(text),
            TableFormat.Json => new JsonSource(text, options.Columns),
            _ => new DelimitedSource(text, DelimitedStyle.Detect(text, options, extension)),
        };

        TableFormat Format()
        {
            if (options.Format != TableFormat.Auto) return options.Format;
            if (extension is ".json" or ".jsonl" or ".ndjson") return TableFormat.Json;
            bool namedTable = extension is ".csv" or ".tsv" or ".tab" or ".data";
            ReadOnlySpan<char> start = text.Sample.TrimStart();
            if (start is ['{' or '[', ..] && !namedTable) return TableFormat.Json;
            if (ArffSource.HasHeader(text.Sample)) return TableFormat.Arff;
            // An ARFF file that lost its header is CSV; the user shows by these options to know it.
            bool askedAsTable = options.HasHeader is not null || options.Columns is not null;
            return extension is ".arff" && !askedAsTable ? TableFormat.Arff : TableFormat.Delimited;
        }
    }

    /// <summary>The extension in lower case, that of the packed file for gzip.</summary>
    private static string Extension(string file)
    {
        string extension = Path.GetExtension(file).ToLowerInvariant();
        return extension == ".gz" ? Path.GetExtension(file[..^3]).ToLowerInvariant() : extension;
    }
}
