namespace ML.TextToModel.PModels;

/// <summary>Ways in which a <c>.t2m</c> file can be wrong.</summary>
public enum ClassifierFileFault
{
    /// <summary>It is not a safetensors file, or a damaged one.</summary>
    NotSafetensors,

    /// <summary>It is a safetensors file without the metadata key <c>t2m</c>.</summary>
    NotClassifier,

    /// <summary>The metadata is not the JSON that the format describes.</summary>
    BadMetadata,

    /// <summary>It was written in a later version of the format.</summary>
    LaterVersion,

    /// <summary>Architecture, classes, preprocessing and card are out of range or do not fit each other.</summary>
    PartsDoNotFit,

    /// <summary>A parameter tensor is missing, has another shape or type, or there is one too many.</summary>
    BadTensor,

    /// <summary>A parameter is infinite or not a number.</summary>
    NotFinite,
}

/// <summary>A <c>.t2m</c> file cannot be used.</summary>
public sealed class ClassifierFileException : ModelInputException
{
    internal ClassifierFileException(ClassifierFileFault fault, string path, string what, Exception? inner = null)
        : base($"{path} cannot be read as a classifier: {what}", inner!) => Fault = fault;

    /// <summary>What is wrong.</summary>
    public ClassifierFileFault Fault { get; }
}
