using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>What an ONNX file does not say of a backbone.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>How pixels become the input of the graph.</summary>
    public required ImagePreprocessing Image { get; init; }

    /// <summary>What the backbone is called. Default null: the name of the file.</summary>
    public string? Name { get; init; }

    /// <summary>The output with the features. Default null: the first.</summary>
    public string? Output { get; init; }

    /// <summary>Height and width of an image in pixels. Default null: what the file says.</summary>
    public int? Side { get; init; }
}
