using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>A value of the graph that depends on the image.</summary>
/// <param name="Number">The number of the backbone's value.</param>
/// <param name="IsVector">Whether it has two axes (N, C) in the graph, not four (N, C, H, W).</param>
/// <param name="Shape">Its shape in the backbone.</param>
internal readonly record struct GraphValue(int Number, bool IsVector, BackboneShape Shape);

/// <summary>Turns the values of an ONNX graph into the steps of a backbone, one by one.</summary>
internal sealed class BackboneBuilder
{
    private readonly string _name;
    private readonly int _height, _width;
    private readonly ImagePreprocessing _image;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly Dictionary<string, GraphValue> _values = new(StringComparer.Ordinal);
    private readonly List<BackboneStep> _steps = [];
    private readonly List<float[]> _weights = [];

    public BackboneBuilder(
        string name, int height, int width, ImagePreprocessing image, string input,
        IReadOnlyDictionary<string, OnnxTensor> constants)
    {
        (_name, _height, _width, _image) = (name, height, width, image);
        _constants = new(constants, StringComparer.Ordinal);
        Set(input, new GraphValue(0, IsVector: false, new BackboneShape(height, width, 3)));
    }

    /// <summary>The value of that name.</summary>
    public GraphValue Value(string name) => _values.TryGetValue(name, out GraphValue value)
        ? value
        : throw new OnnxException(
            _constants.ContainsKey(name) ? OnnxFault.UnsupportedNode : OnnxFault.MissingInput,
            _constants.ContainsKey(name)
                ? $"The constant {Printable.Quote(name)} stands where a value that depends on the image is read."
                : $"Nothing before it gives the value {Printable.Quote(name)}: it is missing, or part of a cycle.");

    /// <summary>The constant of that name; null where it depends on the image.</summary>
    public OnnxTensor? Constant(string name) =>
        _values.ContainsKey(name) ? null : _constants.GetValueOrDefault(name);

    public void Set(string name, GraphValue value) => _values[name] = value;

    public void Set(string name, OnnxTensor constant) => _constants[name] = constant;

    /// <summary>Adds a step.</summary>
    /// <param name="node">Where it comes from, for messages.</param>
    /// <param name="step">The step.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="weights">Weights, then biases.</param>
    public GraphValue Add(OnnxNode node, BackboneStep step, GraphValue[] inputs, params ReadOnlySpan<float[]> weights)
    {
        BackboneShape[] shapes = [.. inputs.Select(input => input.Shape)];
        if (step.Fault(shapes) is { } fault)
            throw new OnnxException(OnnxFault.BadShape, $"{Printable.Quote(node.ToString())}: {fault}");
        BackboneShape output = step.Output(shapes);
        if (output.Count > BackboneSpec.MaxActivations)
            throw new OnnxException(
                OnnxFault.TooLarge, $"{Printable.Quote(node.ToString())} gives too large a value, {output}.");
        foreach (float[] values in weights)
        {
            if (values.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
                throw new OnnxException(
                    OnnxFault.NotFinite, $"A weight of {Printable.Quote(node.ToString())} is an infinity or NaN.");
            _weights.Add(values);
        }
        _steps.Add(step);
        return new GraphValue(_steps.Count, inputs[0].IsVector, output);
    }

    /// <summary>The backbone whose features are a value of the graph.</summary>
    public Backbone Build(string output)
    {
        GraphValue features = Value(output);
        if (features.Shape is not { Height: 1, Width: 1 })
            throw new OnnxException(
                OnnxFault.BadOutput, $"The output {Printable.Quote(output)} is an image, {features.Shape}.");
        if (features.Number != _steps.Count || _steps.Count == 0)
            throw new OnnxException(OnnxFault.BadOutput, $"Nothing leads to the output {Printable.Quote(output)}.");
        BackboneSpec spec = new(_name, _height, _width, _image, _steps);
        if (spec.Faults().FirstOrDefault() is { } fault) throw new OnnxException(OnnxFault.TooLarge, fault);
        return new Backbone(spec, _weights.SelectMany(values => values).ToArray());
    }
}
