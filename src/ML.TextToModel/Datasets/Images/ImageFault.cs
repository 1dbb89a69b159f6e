namespace ML.TextToModel.Datasets;

/// <summary>What can be wrong with an image data set.</summary>
public enum ImageFault
{
    /// <summary>No data set has this name.</summary>
    UnknownDataset,

    /// <summary>The data set's files are not where they are looked for, or cannot be opened.</summary>
    NotFound,

    /// <summary>The file is damaged gzip.</summary>
    BadGzip,

    /// <summary>The file holds no image.</summary>
    Empty,

    /// <summary>The file ends within a record, or before the last expected one.</summary>
    Truncated,

    /// <summary>The file's records have another size than those of its layout.</summary>
    WrongRecordSize,

    /// <summary>The label of a record is not among the classes.</summary>
    LabelOutOfRange,

    /// <summary>Bytes follow the last expected record.</summary>
    TrailingBytes,

    /// <summary>The file holds more images than fit one <see cref="ImageSet"/>.</summary>
    TooManyImages,

    /// <summary>
    /// A class names file has an unusable line, a name twice, or not as many names as there are classes.
    /// </summary>
    BadClassNames,

    /// <summary>An index file does not number the records one by one, or names an unknown split.</summary>
    BadIndex,

    /// <summary>The file is no tar archive, or a damaged one.</summary>
    BadArchive,

    /// <summary>The archive lacks a file of the data set.</summary>
    MissingEntry,
}

/// <summary>An image data set cannot be read; the message says what is wrong, where, and what to do.</summary>
public sealed class ImageException : ModelInputException
{
    internal ImageException(ImageFault fault, string file, string message, Exception? inner = null)
        : base($"{file}: {message}", inner!) => (Fault, File, Record) = (fault, file, -1);

    internal ImageException(ImageFault fault, string file, long record, string message)
        : base($"{file}, record {record}: {message}") => (Fault, File, Record) = (fault, file, record);

    /// <summary>What is wrong.</summary>
    public ImageFault Fault { get; }

    /// <summary>The file's path, or the name given with the stream.</summary>
    public string File { get; }

    /// <summary>The record or line, counted from 0, or -1 where none is concerned.</summary>
    public long Record { get; }
}
