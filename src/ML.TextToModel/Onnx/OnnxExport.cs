using System.Text.Json;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Writes fitted classifiers as ONNX models of opset 12 and ai.onnx.ml 2, preprocessing included.
/// </summary>
/// <remarks>
/// A table has one input per column, under its name, (N, 1): floats, NaN where missing, or texts, empty where missing;
/// dates are days since 1970-01-01, booleans 0 or 1. Images are one input <c>image</c>, (N, 3, H, W): red, green and
/// blue from 0 to 255; a backbone is in the graph. The outputs are <c>PredictedLabel</c>, texts (N), and
/// <c>Probability</c>, floats (N, classes). The metadata key <c>classes</c> holds the class names as a JSON array.
/// ML.NET's <c>ApplyOnnxModel</c> takes columns of these names, and names the slots of <c>Probability</c> by classes.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes a model file in one step: an older one stays whole if this fails.</summary>
    /// <param name="path">The file.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">As for <see cref="Model"/>.</param>
    /// <exception cref="ModelInputException">There is no ONNX form of this classifier.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, FittedClassifier classifier, string? input = null)
    {
        byte[] model = Model(classifier, input);
        string temporary = path + ".new";
        File.WriteAllBytes(temporary, model);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The bytes of the model file.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="input">
    /// The name of the only input: the image, or all columns of a table in their order, (N, columns), none of which
    /// holds categories. Null for the inputs above.
    /// </param>
    /// <exception cref="ModelInputException">There is no ONNX form of this classifier.</exception>
    public static byte[] Model(FittedClassifier classifier, string? input = null)
    {
        OnnxGraph graph = new();
        string image = input ?? "image";
        string features = (classifier.Preprocessing, classifier.Spec) switch
        {
            (TablePreprocessing table, _) => TableGraph.Add(graph, table, input),
            (BackbonePreprocessing { Backbone: { } backbone }, _) => ImageGraph.Add(graph, backbone, image),
            (ImagePreprocessing pixels, CnnSpec cnn) =>
                ImageGraph.Add(graph, pixels, cnn, classifier.Parameters, image),
            _ => throw new ModelInputException(
                "Only classifiers of tables and images can be exported to ONNX so far."),
        };
        string logits = classifier.Spec is MlpSpec mlp
            ? Mlp(graph, mlp, classifier.Parameters, features)
            : Linear(graph, classifier.Spec.Layout, classifier.Parameters, "head", features);
        string probabilities = graph.Node("Softmax", [logits], OnnxAttribute.Integer("axis", 1));
        string best = graph.Node(
            "ArgMax", [probabilities], OnnxAttribute.Integer("axis", 1), OnnxAttribute.Integer("keepdims", 0));
        graph.TextOutput(graph.Node("Gather", [graph.Constant(classifier.Classes), best]), "PredictedLabel");
        graph.FloatOutput(probabilities, "Probability", classifier.Classes.Count);
        graph.SlotNames("Probability", classifier.Classes);
        return graph.Model(
        [
            new("classes", JsonSerializer.Serialize(classifier.Classes.ToArray(), OnnxJson.Default.StringArray)),
            new("card", JsonSerializer.Serialize(classifier.Card, OnnxJson.Default.ClassifierCard)),
        ]);
    }

    private static string Mlp(OnnxGraph graph, MlpSpec spec, ReadOnlySpan<float> parameters, string features)
    {
        string x = features;
        for (int i = 1; i <= spec.Hidden.Count; i++)
            x = graph.Node("Relu", [Linear(graph, spec.Layout, parameters, $"hidden{i}", x)]);
        string logits = Linear(graph, spec.Layout, parameters, "head", x);
        if (!spec.Skip) return logits;
        string skip = Weight(graph, spec.Layout["skip.weight"], parameters);
        return graph.Node("Gemm", [features, skip, logits], OnnxAttribute.Integer("transB", 1));
    }

    private static string Linear(
        OnnxGraph graph, ParameterLayout layout, ReadOnlySpan<float> parameters, string layer, string x) => graph.Node(
        "Gemm",
        [x, Weight(graph, layout[$"{layer}.weight"], parameters), Weight(graph, layout[$"{layer}.bias"], parameters)],
        OnnxAttribute.Integer("transB", 1));

    private static string Weight(OnnxGraph graph, ParameterSlot slot, ReadOnlySpan<float> parameters) =>
        graph.Constant(
            slot.PerClass ? LessCommon(slot.Of(parameters), slot.Shape[0]) : slot.Of(parameters), slot.Shape.ToArray());

    /// <summary>
    /// Class rows less their mean: no probability depends on what they have in common, but rounding does, as runtimes
    /// add up in single precision.
    /// </summary>
    private static float[] LessCommon(ReadOnlySpan<float> rows, int classes)
    {
        float[] rest = rows.ToArray();
        int length = rest.Length / classes;
        for (int i = 0; i < length; i++)
        {
            double mean = 0;
            for (int c = 0; c < classes; c++) mean += rows[c * length + i] / (double)classes;
            for (int c = 0; c < classes; c++) rest[c * length + i] = (float)(rows[c * length + i] - mean);
        }
        return rest;
    }
}
