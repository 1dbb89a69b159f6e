namespace ML.TextToModel.Tensors.Formats;

/// <summary>What a safetensors file may hold at most; reader and writer refuse more.</summary>
public static class SafetensorsLimits
{
    /// <summary>Bytes of the header: 100 MB, the limit of the format's reference implementation.</summary>
    public const int HeaderBytes = 100_000_000;

    /// <summary>Tensors in a file, and keys of its metadata: 100,000.</summary>
    public const int Entries = 100_000;

    /// <summary>UTF-16 characters of a tensor's name or a metadata key: 1,024.</summary>
    public const int NameLength = 1_024;

    /// <summary>Dimensions of a tensor: 32.</summary>
    public const int Dimensions = 32;

    /// <summary>Levels of the header: the tensors, a tensor's fields, and its shape.</summary>
    internal const int HeaderDepth = 3;

    /// <summary>Bytes before the header, which give its length.</summary>
    internal const int PrefixBytes = sizeof(ulong);

    /// <summary>The header is padded with spaces to a multiple of this.</summary>
    internal const int HeaderAlignment = 8;
}
