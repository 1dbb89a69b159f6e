using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>What a node's attributes and constant inputs say, with a fault where it is not read here.</summary>
internal static class NodeReading
{
    /// <summary>A fault of a node.</summary>
    public static OnnxException Unsupported(this OnnxNode node, string what) =>
        new(OnnxFault.UnsupportedNode, $"{Printable.Quote(node.ToString())} {what}.");

    /// <inheritdoc cref="Unsupported"/>
    public static OnnxException BadShape(this OnnxNode node, string what) =>
        new(OnnxFault.BadShape, $"{Printable.Quote(node.ToString())} {what}.");

    /// <summary>The name of an input that must be there.</summary>
    public static string Input(this OnnxNode node, int index) => node.OptionalInput(index)
        ?? throw new OnnxException(
            OnnxFault.MissingInput, $"{Printable.Quote(node.ToString())} lacks its input number {index}.");

    /// <summary>The name of an input; null where it is left out.</summary>
    public static string? OptionalInput(this OnnxNode node, int index) =>
        index < node.Inputs.Count && node.Inputs[index].Length > 0 ? node.Inputs[index] : null;

    /// <summary>The only output.</summary>
    public static string Output(this OnnxNode node) => node.Outputs is [{ Length: > 0 } only]
        ? only
        : throw node.Unsupported("has not one output");

    public static long Integer(this OnnxNode node, string name, long standard) =>
        node.Attributes.TryGetValue(name, out OnnxValue? value)
            ? value.Integer ?? throw node.Unsupported($"has a {name} that is no whole number")
            : standard;

    public static float Single(this OnnxNode node, string name, float standard) =>
        node.Attributes.TryGetValue(name, out OnnxValue? value)
            ? value.Single ?? throw node.Unsupported($"has a {name} that is no number")
            : standard;

    public static string Text(this OnnxNode node, string name, string standard) =>
        node.Attributes.TryGetValue(name, out OnnxValue? value) ? value.Text ?? standard : standard;

    /// <summary>A list of whole numbers within ±2³⁰ of a given length.</summary>
    public static int[] Integers(this OnnxNode node, string name, params int[] standard)
    {
        if (!node.Attributes.TryGetValue(name, out OnnxValue? value)) return standard;
        if (value.Integers.Count != standard.Length)
            throw node.Unsupported($"has {value.Integers.Count} {name}, not {standard.Length}");
        return [.. value.Integers.Select(Clamped)];
    }

    /// <summary>A constant input of floats.</summary>
    public static (float[] Values, IReadOnlyList<int> Shape) Singles(
        this OnnxNode node, int index, BackboneBuilder values) =>
        values.Constant(node.Input(index)) is { Singles: { } singles } tensor
            ? (singles, tensor.Shape)
            : throw node.NotConstant(index, values, "floats");

    /// <summary>A constant input of whole numbers, brought within ±2³⁰; null where it is left out.</summary>
    public static int[]? OptionalIntegers(this OnnxNode node, int index, BackboneBuilder values)
    {
        if (node.OptionalInput(index) is not { } name) return null;
        return values.Constant(name) is { Integers: { } integers }
            ? [.. integers.Select(Clamped)]
            : throw node.NotConstant(index, values, "whole numbers");
    }

    /// <inheritdoc cref="OptionalIntegers"/>
    public static int[] Integers(this OnnxNode node, int index, BackboneBuilder values)
    {
        node.Input(index);
        return node.OptionalIntegers(index, values)!;
    }

    private static OnnxException NotConstant(this OnnxNode node, int index, BackboneBuilder values, string what)
    {
        // A name that nothing gives is the more telling fault.
        if (values.Constant(node.Input(index)) is null) values.Value(node.Input(index));
        return node.Unsupported($"takes an input number {index} that is no constant of {what}");
    }

    private static int Clamped(long value) => (int)Math.Clamp(value, -(1 << 30), 1 << 30);
}
