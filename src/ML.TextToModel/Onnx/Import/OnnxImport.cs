using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Reads frozen backbones from ONNX files: networks of convolutions (groups and depthwise too; no dilation), Relu,
/// Clip, Add, Gemm, MatMul, GlobalAveragePool, Flatten, Pad, Slice, Identity and Constant, in 32-bit floats, of
/// operator sets 11 to 24. What the features do not depend on is left out. Nothing in a file is executed.
/// </summary>
public static class OnnxImport
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What it does not say.</param>
    /// <exception cref="OnnxException">The file is damaged, or no such backbone.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    public static Backbone Read(string path, OnnxImportOptions options)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > OnnxLimits.FileBytes)
            throw new OnnxException(path, new(
                OnnxFault.TooLarge, $"It has {stream.Length:N0} bytes, more than {OnnxLimits.FileBytes:N0}."));
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(bytes, options with { Name = options.Name ?? Path.GetFileNameWithoutExtension(path) }, path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="options">What it does not say.</param>
    /// <param name="origin">The name that messages give to the bytes.</param>
    /// <exception cref="OnnxException">The bytes are damaged, or no such backbone.</exception>
    public static Backbone Parse(
        ReadOnlyMemory<byte> bytes, OnnxImportOptions options, string origin = "an ONNX model")
    {
        try
        {
            OnnxModel model = OnnxModelReader.Read(bytes);
            string output = Output(model, options);
            BackboneBuilder builder = Builder(model, options);
            foreach (OnnxNode node in OnnxNeeds.Of(model, output)) OnnxOperators.Add(node, model, builder);
            return builder.Build(output);
        }
        catch (OnnxException e)
        {
            throw new OnnxException(origin, e);
        }
    }

    private static string Output(OnnxModel model, OnnxImportOptions options)
    {
        if (options.Output is { } wanted && !model.Outputs.Contains(wanted))
            throw new OnnxException(
                OnnxFault.BadOutput, $"There is no output {Printable.Quote(wanted)}; there are: " +
                $"{string.Join(", ", model.Outputs.Select(Printable.Quote))}.");
        return options.Output ?? (model.Outputs.Count > 0
            ? model.Outputs[0]
            : throw new OnnxException(OnnxFault.BadOutput, "The graph has no output."));
    }

    private static BackboneBuilder Builder(OnnxModel model, OnnxImportOptions options)
    {
        if (model.Inputs is not [{ Sizes: [_, null or 3, var height, var width] } input])
            throw new OnnxException(
                OnnxFault.BadInput, "The graph takes not one input of images (N, 3, height, width).");
        (int? h, int? w) = (options.Side ?? height, options.Side ?? width);
        if (h is null || w is null)
            throw new OnnxException(OnnxFault.BadInput, "The graph leaves the size of images open; say which it is.");
        if ((height ?? h) != h || (width ?? w) != w)
            throw new OnnxException(OnnxFault.BadInput, $"The graph takes images of {height}×{width}, not {h}×{w}.");
        return new BackboneBuilder(options.Name ?? "onnx", h.Value, w.Value, options.Image, input.Name, model.Tensors);
    }
}
