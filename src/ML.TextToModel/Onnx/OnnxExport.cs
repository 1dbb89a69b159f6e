using System.Text.Json;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Writes fitted classifiers as ONNX models of opset 12 and ai.onnx.ml 2, preprocessing included.
/// </summary>
/// <remarks>
/// A table has one input per column, under its name, (N, 1): floats, NaN where missing, or texts, empty where missing;
/// dates are days since 1970-01-01, booleans 0 or 1. The outputs are <c>PredictedLabel</c>, texts (N), and
/// <c>Probability</c>, floats (N, classes). The metadata key <c>classes</c> holds the class names as a JSON array.
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes a model file in one step: an older one stays whole if this fails.</summary>
    /// <exception cref="ModelInputException">There is no ONNX form of this kind of classifier.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, FittedClassifier classifier)
    {
        byte[] model = Model(classifier);
        string temporary = path + ".new";
        File.WriteAllBytes(temporary, model);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>The bytes of the model file.</summary>
    /// <exception cref="ModelInputException">There is no ONNX form of this kind of classifier.</exception>
    public static byte[] Model(FittedClassifier classifier)
    {
        if (classifier.Preprocessing is not TablePreprocessing table)
            throw new ModelInputException("Only classifiers of tables can be exported to ONNX so far.");
        OnnxGraph graph = new();
        string features = TableGraph.Add(graph, table);
        string logits = classifier.Spec switch
        {
            MlpSpec mlp => Mlp(graph, mlp, classifier.Parameters, features),
            LinearSpec linear => Linear(graph, linear.Layout, classifier.Parameters, "head", features),
            _ => throw new ModelInputException($"{classifier.Spec} has no ONNX form for tables."),
        };
        string probabilities = graph.Node("Softmax", [logits], OnnxAttribute.Integer("axis", 1));
        string best = graph.Node(
            "ArgMax", [probabilities], OnnxAttribute.Integer("axis", 1), OnnxAttribute.Integer("keepdims", 0));
        graph.TextOutput(graph.Node("Gather", [graph.Constant(classifier.Classes), best]), "PredictedLabel");
        graph.FloatOutput(probabilities, "Probability", classifier.Classes.Count);
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
        graph.Constant(slot.Of(parameters), slot.Shape.ToArray());
}
