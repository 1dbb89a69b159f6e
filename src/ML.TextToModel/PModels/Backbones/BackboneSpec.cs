using System.Text.Json.Serialization;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.PModels;

/// <summary>
/// The architecture of a frozen network that turns an image into a vector of features: a list of steps. Immutable,
/// without weights.
/// </summary>
/// <param name="Name">What it is, for cards and messages.</param>
/// <param name="Height">Pixels of an image from top to bottom.</param>
/// <param name="Width">Pixels of an image from left to right.</param>
/// <param name="Image">How pixels become the input.</param>
/// <param name="Steps">The steps in order; the last one gives the features.</param>
public sealed record BackboneSpec(
    string Name, int Height, int Width, ImagePreprocessing Image, IReadOnlyList<BackboneStep> Steps)
{
    /// <summary>The most numbers of one value: 64 MB.</summary>
    internal const int MaxActivations = 1 << 24;

    private const int MaxSide = 1024, MaxSteps = 4096;
    private const long MaxMemory = 1 << 26, MaxWeights = 1 << 26, MaxWork = 1L << 34;

    private IReadOnlyList<BackboneShape>? _shapes;
    private ParameterLayout? _layout;

    /// <summary>The steps in order; the last one gives the features.</summary>
    public IReadOnlyList<BackboneStep> Steps { get; } = [.. Steps];

    /// <summary>The shapes of the values: of the preprocessed image, then of each step's.</summary>
    [JsonIgnore]
    public IReadOnlyList<BackboneShape> Shapes => _shapes ??= ListShapes();

    /// <summary>The number of features.</summary>
    [JsonIgnore]
    public int FeatureLength => (int)Shapes[^1].Count;

    /// <summary>
    /// The names, shapes and places of the weights: <c>backbone.I.weight</c> and <c>backbone.I.bias</c> for each
    /// convolution, I the number of its step from 0.
    /// </summary>
    [JsonIgnore]
    public ParameterLayout Layout => _layout ??= new ParameterLayout(ListWeights());

    /// <summary>What is wrong with it, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        if (Height is < 1 or > MaxSide || Width is < 1 or > MaxSide)
            return [$"{Height} × {Width} pixels are not between 1 and {MaxSide} on each side."];
        if (Steps.Count is < 1 or > MaxSteps) return [$"{Steps.Count} steps are not between 1 and {MaxSteps}."];
        if (Steps.Contains(null!)) return ["A step of the backbone is null."];
        string[] image = [.. Image.Faults([Height, Width, 3])];
        return image.Length > 0 ? image : StepFault() is { } fault ? [fault] : [];
    }

    /// <summary>The shapes that a step takes.</summary>
    internal BackboneShape[] InputsOf(BackboneStep step) => [.. step.Inputs.Select(value => Shapes[value])];

    /// <summary>Multiply-adds of one image, about: one for each number of a step that does not multiply.</summary>
    internal static long Work(BackboneStep step, IReadOnlyList<BackboneShape> inputs, BackboneShape output) =>
        step is ConvolutionStep convolution
            ? output.Count * (inputs[0].Channels / convolution.Groups)
                * (convolution.KernelHeight * convolution.KernelWidth)
            : Math.Max(output.Count, inputs[0].Count);

    private string? StepFault()
    {
        List<BackboneShape> shapes = [new(Height, Width, 3)];
        long memory = shapes[0].Count, work = 0, weights = 0;
        for (int i = 0; i < Steps.Count; i++)
        {
            BackboneStep step = Steps[i];
            if (step.Inputs.Any(value => value < 0 || value > i))
                return $"Step {i} of the backbone takes a value that no step before it makes.";
            BackboneShape[] inputs = [.. step.Inputs.Select(value => shapes[value])];
            if (step.Fault(inputs) is { } fault) return $"Step {i} of the backbone: {fault}";
            BackboneShape output = step.Output(inputs);
            if (output.Count > MaxActivations)
                return $"Step {i} of the backbone gives more than {MaxActivations} values.";
            shapes.Add(output);
            memory += output.Count;
            work += Work(step, inputs, output);
            if (step is ConvolutionStep convolution) weights += convolution.WeightCount(inputs[0].Channels);
            // Here and not behind the loop, where the sums might have overflowed.
            if (memory > MaxMemory) return $"The backbone's values are more than {MaxMemory} numbers together.";
            if (weights > MaxWeights) return $"The backbone has more than {MaxWeights} weights.";
            if (work > MaxWork) return $"The backbone takes more than {MaxWork} multiplications an image.";
        }
        return shapes[^1] is { Height: 1, Width: 1 }
            ? null
            : $"The backbone's last step gives an image, {shapes[^1]}, not a vector.";
    }

    private List<BackboneShape> ListShapes()
    {
        List<BackboneShape> shapes = [new(Height, Width, 3)];
        foreach (BackboneStep step in Steps)
            shapes.Add(step.Output([.. step.Inputs.Select(value => shapes[value])]));
        return shapes;
    }

    private IEnumerable<(string, Tensors.Shape, int, bool)> ListWeights()
    {
        for (int i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] is not ConvolutionStep step) continue;
            Tensors.Shape weight = step.WeightShape(Shapes[step.Input].Channels);
            int fanIn = weight.ElementCount / step.Channels;
            yield return ($"backbone.{i}.weight", weight, fanIn, false);
            yield return ($"backbone.{i}.bias", [step.Channels], fanIn, false);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Printable.Quote(Name)} ({Height}×{Width} → {FeatureLength})";
}
