namespace ML.TextToModel.Tensors.Formats;

/// <summary>The ways in which an npy file can be wrong, or be one that is not read here.</summary>
public enum NpyFault
{
    /// <summary>The file does not begin with the bytes 93 4E 55 4D 50 59 (<c>NUMPY</c> behind a sign).</summary>
    BadMagic,

    /// <summary>The file ends within its header or its elements.</summary>
    TooShort,

    /// <summary>The format's version is not 1.0, 2.0 or 3.0.</summary>
    UnknownVersion,

    /// <summary>The header is longer than <see cref="NpyLimits.HeaderBytes"/>.</summary>
    HeaderTooLong,

    /// <summary>The header is not a dictionary literal of the expected kind.</summary>
    HeaderMalformed,

    /// <summary>The header has a key other than descr, fortran_order and shape.</summary>
    UnknownKey,

    /// <summary>The header has a key twice.</summary>
    DuplicateKey,

    /// <summary>The header lacks descr, fortran_order or shape.</summary>
    MissingKey,

    /// <summary>The elements are pickled Python objects, which can run code when they are loaded.</summary>
    ObjectType,

    /// <summary>The elements are of a type that is not read here.</summary>
    UnsupportedType,

    /// <summary>A size is negative or above 2,147,483,647.</summary>
    BadShape,

    /// <summary>There are more dimensions than <see cref="NpyLimits.Dimensions"/>.</summary>
    TooManyDimensions,

    /// <summary>There are more elements than one array can hold.</summary>
    TooLarge,

    /// <summary>Bytes follow the last element.</summary>
    TrailingBytes,
}
