using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// What happens to a user's row before it enters a p-model. Immutable, part of the fitted classifier.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ImagePreprocessing), "image")]
[JsonDerivedType(typeof(FeaturePreprocessing), "features")]
[JsonDerivedType(typeof(TablePreprocessing), "table")]
[JsonDerivedType(typeof(BackbonePreprocessing), "backbone")]
[JsonDerivedType(typeof(TextPreprocessing), "text")]
public abstract record Preprocessing
{
    /// <summary>The first version of the file format that has all of this.</summary>
    internal virtual int FormatVersion => 1;

    /// <summary>The tensors that belong to it, which a file holds behind those of the p-model.</summary>
    [JsonIgnore]
    public virtual ParameterLayout Layout => ParameterLayout.Empty;

    /// <summary>The numbers of these tensors, in the layout's order.</summary>
    [JsonIgnore]
    public virtual ReadOnlySpan<float> Parameters => default;

    /// <summary>Whether a file holds these numbers in half precision, without any loss.</summary>
    internal virtual bool IsHalfPrecision => false;

    /// <summary>The height and width of raw rows that are images; null where they are not.</summary>
    public virtual (int Height, int Width)? ImageSize(Shape input) => null;

    /// <summary>What is wrong with the sizes of the tensors, one sentence each; empty if nothing is.</summary>
    internal virtual IEnumerable<string> SizeFaults() => [];

    /// <summary>The same with the numbers of its tensors, which the metadata of a file lack.</summary>
    internal virtual Preprocessing With(ReadOnlySpan<float> parameters) => this;

    /// <summary>Floats of a raw row, given what the p-model takes.</summary>
    public abstract int RawLength(Shape input);

    /// <summary>Turns a raw row into the input of a p-model.</summary>
    public abstract void Apply(ReadOnlySpan<float> raw, Span<float> input);

    /// <summary>
    /// What does not fit a p-model that takes inputs of that shape, one sentence each; empty if nothing.
    /// </summary>
    public abstract IEnumerable<string> Faults(Shape input);

    private protected static IEnumerable<string> NumberFaults(IReadOnlyList<float> mean, IReadOnlyList<float> deviation)
    {
        if (mean.Any(m => !float.IsFinite(m))) yield return "A mean of the preprocessing is not a finite number.";
        if (deviation.Any(d => !(d > 0 && float.IsFinite(d))))
            yield return "A deviation of the preprocessing is not positive.";
    }
}
