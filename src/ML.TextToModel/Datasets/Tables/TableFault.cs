namespace ML.TextToModel.Datasets;

/// <summary>What can be wrong with a table or with the options it is read with.</summary>
public enum TableFault
{
    /// <summary>There is no such file, or it cannot be opened.</summary>
    NotFound,

    /// <summary>The file is damaged gzip.</summary>
    BadGzip,

    /// <summary>The file holds NUL characters: it is binary, or UTF-16 without a byte order mark.</summary>
    NotText,

    /// <summary>The file holds no row at all.</summary>
    Empty,

    /// <summary>A row has more or fewer fields than the table has columns.</summary>
    RaggedRow,

    /// <summary>Text follows a closing quote.</summary>
    StrayQuote,

    /// <summary>The file ends inside a quoted field.</summary>
    UnterminatedQuote,

    /// <summary>A field is longer than <see cref="TableLimits.FieldChars"/>.</summary>
    FieldTooLong,

    /// <summary>A row is longer than <see cref="TableLimits.RowChars"/>.</summary>
    RowTooLong,

    /// <summary>A row has more than <see cref="TableLimits.Columns"/> fields.</summary>
    TooManyColumns,

    /// <summary>Two columns have one name.</summary>
    DuplicateColumn,

    /// <summary>An option names a column that the table does not have.</summary>
    UnknownColumn,

    /// <summary><see cref="TableOptions.Columns"/> names more or fewer columns than the table has.</summary>
    ColumnCount,

    /// <summary>The label column is among the ignored ones.</summary>
    LabelIgnored,

    /// <summary>A field of a numeric column is neither a number nor a missing mark.</summary>
    NotANumber,

    /// <summary>A field of a date column is neither a date of the column's style nor a missing mark.</summary>
    NotADate,

    /// <summary>A field of a boolean column is neither true nor false.</summary>
    NotABoolean,

    /// <summary>An ARFF file begins with data: its header is lost.</summary>
    ArffHeaderLost,

    /// <summary>A line of an ARFF file cannot be understood.</summary>
    ArffSyntax,

    /// <summary>A field holds a value that the ARFF header does not list.</summary>
    UndeclaredValue,

    /// <summary>The text is not JSON.</summary>
    NotJson,

    /// <summary>An item of the JSON file is not an object.</summary>
    NotAnObject,

    /// <summary>A field of a JSON object is itself an object or an array.</summary>
    NestedValue,

    /// <summary>A JSON object has a field that none of the first rows has.</summary>
    UnknownKey,
}

/// <summary>A table cannot be read; the message says what is wrong, where, and what to do.</summary>
public sealed class TableException : ModelInputException
{
    internal TableException(TableFault fault, string file, long line, string message, Exception? inner = null)
        : base(line > 0 ? $"{file}, line {line}: {message}" : $"{file}: {message}", inner!)
    {
        Fault = fault;
        File = file;
        Line = line;
    }

    /// <summary>What is wrong.</summary>
    public TableFault Fault { get; }

    /// <summary>The file's path, or the name given with the stream.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, or 0 where the fault concerns the file as a whole.</summary>
    public long Line { get; }
}

/// <summary>Limits that keep memory bounded whatever the file holds.</summary>
public static class TableLimits
{
    /// <summary>The longest field, in characters: 1,048,576.</summary>
    public const int FieldChars = 1 << 20;

    /// <summary>The longest row, in characters: 16,777,216.</summary>
    public const int RowChars = 1 << 24;

    /// <summary>The most columns, that of a spreadsheet: 16,384.</summary>
    public const int Columns = 1 << 14;

    /// <summary>The longest column name, in characters.</summary>
    public const int NameChars = 1_000;

    /// <summary>Rows looked at to find the header and the columns' kinds.</summary>
    public const int SniffRows = 1_000;

    /// <summary>Fields looked at, at most, to find the header and the columns' kinds.</summary>
    public const int SniffFields = 1 << 18;

    /// <summary>Characters looked at, at most, to find the header and the columns' kinds.</summary>
    public const int SniffChars = 1 << 20;
}
