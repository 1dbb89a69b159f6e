namespace ML.TextToModel.Datasets;

/// <summary>What can be wrong with an image file.</summary>
public enum DecodingFault
{
    /// <summary>There is no such file, or it cannot be opened.</summary>
    NotFound,

    /// <summary>The file is neither PNG nor JPEG.</summary>
    UnknownFormat,

    /// <summary>The file is valid, but of a variant that is not decoded, such as arithmetic coding.</summary>
    Unsupported,

    /// <summary>The file ends before the image does.</summary>
    Truncated,

    /// <summary>The file is larger than <see cref="DecodingLimits.FileBytes"/>.</summary>
    FileTooLarge,

    /// <summary>The image has more pixels than <see cref="DecodingLimits.Pixels"/>.</summary>
    TooManyPixels,

    /// <summary>The header is missing or holds impossible values.</summary>
    BadHeader,

    /// <summary>A PNG chunk or JPEG segment is damaged.</summary>
    BadSegment,

    /// <summary>A part that the image needs is missing or in the wrong place.</summary>
    MissingPart,

    /// <summary>The checksum of a PNG chunk does not fit its content.</summary>
    BadChecksum,

    /// <summary>The compressed data of a PNG is damaged.</summary>
    BadCompression,

    /// <summary>A PNG row has an unknown filter.</summary>
    BadFilter,

    /// <summary>A PNG pixel has a colour that the palette lacks.</summary>
    BadPaletteIndex,

    /// <summary>A JPEG Huffman table has more codes than its lengths allow.</summary>
    BadHuffmanTable,

    /// <summary>A JPEG scan's header does not fit the image, or there are too many scans.</summary>
    BadScan,

    /// <summary>The data of a JPEG scan holds a code that its table lacks, or too many coefficients.</summary>
    BadCode,

    /// <summary>A restart marker of a JPEG scan is missing or out of order.</summary>
    BadRestart,

    /// <summary>An entry of a zip is damaged or a trap: its path leads out, or it would grow without measure.</summary>
    BadEntry,
}

/// <summary>An image file cannot be decoded; the message says what is wrong, where, and what to do.</summary>
public sealed class DecodingException : ModelInputException
{
    internal DecodingException(
        DecodingFault fault, string file, long offset, string message, Exception? inner = null)
        : base(offset < 0 ? $"{file}: {message}" : $"{file}, byte {offset}: {message}", inner!) =>
        (Fault, File, Offset) = (fault, file, offset);

    /// <summary>What is wrong.</summary>
    public DecodingFault Fault { get; }

    /// <summary>The file's path, or the name given with the bytes.</summary>
    public string File { get; }

    /// <summary>The place in the file, in bytes, or -1 where the fault concerns the file as a whole.</summary>
    public long Offset { get; }
}
