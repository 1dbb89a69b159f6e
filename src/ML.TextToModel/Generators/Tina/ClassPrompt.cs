using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;

namespace ML.TextToModel.Generators.Tina;

/// <summary>What a classifier of images is made of for one class: a text, a few images of it, or both.</summary>
/// <param name="Name">Its name: what predictions say.</param>
public sealed record ClassPrompt(string Name)
{
    /// <summary>A name or a free description to recognise it by; null where the images alone say what it is.</summary>
    public string? Text { get; init; }

    /// <summary>Images of it, of any size; their features are averaged. Default: none.</summary>
    public IReadOnlyList<RgbImage> Images { get; init; } = [];

    /// <summary>A class by its text alone.</summary>
    public static ClassPrompt Of(ClassText text) => new(text.Name) { Text = text.Text };

    /// <summary>What tells the class from others in the order of classes and in their noise.</summary>
    internal string Key => Text ?? Name;
}
