namespace ML.TextToModel.Datasets;

/// <summary>Limits that keep memory and time bounded whatever an image file says of itself.</summary>
public sealed record DecodingLimits
{
    /// <summary>The most pixels of one image. Default 64 Mi, as of 8192×8192; decoding takes up to 12 bytes each.
    /// </summary>
    public long Pixels { get; init; } = 1 << 26;

    /// <summary>The largest file, in bytes. Default 256 Mi.</summary>
    public int FileBytes { get; init; } = 1 << 28;
}
