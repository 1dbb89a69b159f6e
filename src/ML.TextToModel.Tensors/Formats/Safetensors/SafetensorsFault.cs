namespace ML.TextToModel.Tensors.Formats;

/// <summary>The ways in which a safetensors file can be wrong, or be other than its reader expects.</summary>
public enum SafetensorsFault
{
    /// <summary>The file has fewer than the 8 bytes that give the header's length.</summary>
    TooShort,

    /// <summary>The header's length is above <see cref="SafetensorsLimits.HeaderBytes"/>.</summary>
    HeaderTooLong,

    /// <summary>The header's length is more than the file holds.</summary>
    HeaderBeyondFile,

    /// <summary>The header does not begin with an opening brace.</summary>
    HeaderNotObject,

    /// <summary>The header, or a name in it, is not Unicode text in UTF-8.</summary>
    HeaderNotUtf8,

    /// <summary>The header is not JSON, or something other than white space follows its object.</summary>
    HeaderNotJson,

    /// <summary>The header nests deeper than an array in an object in an object.</summary>
    HeaderTooDeep,

    /// <summary>There are more tensors or metadata keys than <see cref="SafetensorsLimits.Entries"/>.</summary>
    TooManyEntries,

    /// <summary>A name or metadata key is longer than <see cref="SafetensorsLimits.NameLength"/>.</summary>
    NameTooLong,

    /// <summary>Two tensors have the same name, or there are two metadata objects.</summary>
    DuplicateName,

    /// <summary>The metadata is not a JSON object.</summary>
    MetadataNotObject,

    /// <summary>A metadata value is not a string.</summary>
    MetadataNotString,

    /// <summary>A metadata key appears twice.</summary>
    DuplicateMetadataKey,

    /// <summary>A tensor's description is not a JSON object.</summary>
    EntryNotObject,

    /// <summary>A tensor's description has a field that the format does not know.</summary>
    UnknownField,

    /// <summary>A tensor's description has a field twice.</summary>
    DuplicateField,

    /// <summary>A tensor's description lacks its type, shape or offsets.</summary>
    MissingField,

    /// <summary>A tensor's element type is not in <see cref="SafetensorsType"/>.</summary>
    UnknownType,

    /// <summary>A tensor's shape is not an array of whole numbers from 0 to 2,147,483,647.</summary>
    BadShape,

    /// <summary>A tensor has more dimensions than <see cref="SafetensorsLimits.Dimensions"/>.</summary>
    TooManyDimensions,

    /// <summary>A tensor's size in bytes does not fit 64 bits.</summary>
    SizeOverflow,

    /// <summary>A tensor's offsets are not two whole numbers, the first at most the second.</summary>
    BadOffsets,

    /// <summary>A tensor's offsets point behind the end of the file.</summary>
    OffsetsBeyondFile,

    /// <summary>A tensor's offsets span another number of bytes than its type and shape need.</summary>
    SizeMismatch,

    /// <summary>Some bytes between two tensors belong to none or to both.</summary>
    GapOrOverlap,

    /// <summary>Bytes that belong to no tensor follow the last one.</summary>
    TrailingBytes,

    /// <summary>The file became shorter after it was opened.</summary>
    FileShrank,

    /// <summary>The file has no tensor of the asked name.</summary>
    TensorMissing,

    /// <summary>The tensor's elements cannot be read as the asked kind of number.</summary>
    WrongType,

    /// <summary>The tensor has another shape than the reader expects.</summary>
    WrongShape,
}
