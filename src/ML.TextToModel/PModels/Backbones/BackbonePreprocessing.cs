using System.Text.Json.Serialization;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// Raw rows are images of 3 planes, red, green and blue, each row by row, from 0 to 255. A frozen backbone turns them
/// into features, which a head takes: a <see cref="LinearSpec"/>, or an <see cref="MlpSpec"/>.
/// </summary>
public sealed record BackbonePreprocessing : Preprocessing
{
    /// <summary>Preprocessing by a backbone.</summary>
    public BackbonePreprocessing(Backbone backbone) => (Backbone, Spec) = (backbone, backbone.Spec);

    /// <summary>
    /// What the metadata of a file say: without the weights, which are among its tensors, no classifier takes it.
    /// </summary>
    [JsonConstructor]
    public BackbonePreprocessing(BackboneSpec spec) => Spec = spec;

    /// <summary>The backbone.</summary>
    [JsonIgnore]
    public Backbone? Backbone { get; }

    /// <summary>The architecture of the backbone.</summary>
    public BackboneSpec Spec { get; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override ParameterLayout Layout => Spec.Layout;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ReadOnlySpan<float> Parameters => Backbone is null ? default : Backbone.Weights;

    internal override bool IsHalfPrecision => Backbone is { IsHalfPrecision: true };

    internal override int FormatVersion => IsHalfPrecision ? 4 : 3;

    /// <inheritdoc/>
    public override int RawLength(Shape input) => 3 * Spec.Height * Spec.Width;

    /// <inheritdoc/>
    public override (int Height, int Width)? ImageSize(Shape input) => (Spec.Height, Spec.Width);

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> raw, Span<float> input) => Loaded.Extract(raw, input);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(Shape input)
    {
        if (Spec.Faults().ToArray() is { Length: > 0 } faults) return faults;
        if (input != new Shape(Spec.FeatureLength))
            return [$"The p-model takes inputs of shape {input}, the backbone gives {Spec.FeatureLength} features."];
        return Backbone is null ? ["The backbone has no weights."] : [];
    }

    internal override IEnumerable<string> SizeFaults() => Spec.Faults();

    internal override Preprocessing With(ReadOnlySpan<float> parameters) =>
        new BackbonePreprocessing(new Backbone(Spec, parameters));

    private Backbone Loaded => Backbone
        ?? throw new InvalidOperationException("The weights of the backbone have not been read.");
}
