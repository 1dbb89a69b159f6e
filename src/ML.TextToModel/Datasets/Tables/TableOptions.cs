namespace ML.TextToModel.Datasets;

/// <summary>
/// How to read a table. The defaults find everything out from the file. A column is named by its name or, where no
/// column has that name, by its number in the file, counted from 1.
/// </summary>
public sealed record TableOptions
{
    /// <summary>The format. Default: found from the content, then from the file's extension.</summary>
    public TableFormat Format { get; init; }

    /// <summary>The character between fields. Default null: found among comma, semicolon, tab and bar.</summary>
    public char? Delimiter { get; init; }

    /// <summary>Whether fields may stand in double quotes. Default null: found from the content.</summary>
    public bool? Quoted { get; init; }

    /// <summary>Whether the first row names the columns. Default null: found from the content.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// Names that columns are known to have: a first row that holds one of them, or that of <see cref="Label"/>, names
    /// the columns whatever it looks like. Default none.
    /// </summary>
    public IReadOnlyCollection<string> HeaderNames { get; init; } = [];

    /// <summary>
    /// Names for the columns, in file order, instead of those of the file; one for each. In JSON they choose the fields
    /// to read. Default null: the names of the file, or Column1, Column2 and so on.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Columns to leave out. Default none.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>The column to predict; it is read as <see cref="ColumnKind.Categorical"/>. Default none.</summary>
    public string? Label { get; init; }

    /// <summary>Kinds of columns that should not be found from the content. Default none.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>
    /// How the dates of columns of <see cref="Kinds"/> are written, as <see cref="TableColumn.DateStyle"/> says it or
    /// in the format strings of .NET. Default: any way, month before day where both are possible.
    /// </summary>
    public IReadOnlyDictionary<string, string> DateStyles { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Texts that mean "missing" in every column, beside the empty field, which always does. Default null: the marks of
    /// <see cref="Datasets.MissingMarks"/>. An ARFF file says itself what is missing.
    /// </summary>
    public IReadOnlyList<string>? MissingMarks { get; init; }

    /// <summary>
    /// Fields of the rows that <see cref="Table"/> keeps, at most: of a larger table it keeps rows drawn evenly from
    /// the whole file, the same ones each time, and at least one. A row of long fields counts as one field for every
    /// 16 characters, so that memory is bounded too. Default: no limit.
    /// </summary>
    public long MaxCells { get; init; } = long.MaxValue;

    /// <summary>What to do with a row that cannot be used. Default: throw.</summary>
    public BadRows BadRows { get; init; }
}

/// <summary>The format of a table file.</summary>
public enum TableFormat
{
    /// <summary>Find out from the content and the file's extension.</summary>
    Auto,

    /// <summary>CSV, TSV and their kin.</summary>
    Delimited,

    /// <summary>Weka's attribute-relation file format.</summary>
    Arff,

    /// <summary>JSON lines, an array of flat objects, or an object whose members are flat objects.</summary>
    Json,
}

/// <summary>What to do with a row, or an image, that cannot be used.</summary>
public enum BadRows
{
    /// <summary>Throw a <see cref="TableException"/>, or a <see cref="DecodingException"/>.</summary>
    Throw,

    /// <summary>
    /// Return the row with its fields missing and <see cref="TableRow.Error"/> set, or no image and <see
    /// cref="ImageFolderReader.Error"/>.
    /// </summary>
    Report,
}
