namespace ML.TextToModel.Datasets;

/// <summary>How to read the images of a folder or a zip.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The limits of each image. Default: those of <see cref="DecodingLimits"/>.</summary>
    public DecodingLimits Limits { get; init; } = new();

    /// <summary>What to do with a file that cannot be decoded. Default: throw.</summary>
    public BadRows BadFiles { get; init; }
}
