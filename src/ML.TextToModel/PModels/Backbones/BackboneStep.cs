using System.Text.Json.Serialization;

namespace ML.TextToModel.PModels;

/// <summary>The sizes of an intermediate value of a backbone: an image; a vector is an image of one pixel.</summary>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Channels">Numbers of a pixel, which lie beside each other.</param>
public readonly record struct BackboneShape(int Height, int Width, int Channels)
{
    /// <summary>The number of floats.</summary>
    public long Count => (long)Height * Width * Channels;

    /// <summary>Such as <c>32×32×3</c>.</summary>
    public override string ToString() => $"{Height}×{Width}×{Channels}";

    internal int[] Sizes => [Height, Width, Channels];
}

/// <summary>
/// One step of a <see cref="BackboneSpec"/>: makes a new value of earlier ones. Value 0 is the preprocessed image, step
/// number i makes value i + 1. docs/format-t2m.md has the formulas.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConvolutionStep), "convolution")]
[JsonDerivedType(typeof(AddStep), "add")]
[JsonDerivedType(typeof(ClampStep), "clamp")]
[JsonDerivedType(typeof(SliceStep), "slice")]
[JsonDerivedType(typeof(PadStep), "pad")]
[JsonDerivedType(typeof(MeanStep), "mean")]
[JsonDerivedType(typeof(FlattenStep), "flatten")]
public abstract record BackboneStep
{
    private protected const int MaxSize = 1 << 20;   // so that products of two sizes and sums of some fit 64 bits

    /// <summary>The numbers of the values it takes.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<int> Inputs { get; }

    /// <summary>What does not fit inputs of these shapes, one sentence; null if nothing.</summary>
    internal abstract string? Fault(IReadOnlyList<BackboneShape> inputs);

    /// <summary>The shape of its value, for inputs without <see cref="Fault"/>.</summary>
    internal abstract BackboneShape Output(IReadOnlyList<BackboneShape> inputs);
}
