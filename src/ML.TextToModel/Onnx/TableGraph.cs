using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>The preprocessing of tables as ONNX: one input per column, (N, 1), to features (N, width).</summary>
internal static class TableGraph
{
    /// <summary>Adds the inputs and the nodes; returns the features.</summary>
    public static string Add(OnnxGraph graph, TablePreprocessing table)
    {
        List<string> features = [];
        foreach (ColumnEncoding column in table.Columns)
        {
            switch (column)
            {
                case NumericEncoding numeric: Add(graph, numeric, features); break;
                case CategoricalEncoding categorical: Add(graph, categorical, features); break;
                default: throw new NotSupportedException($"The column '{column.Name}' has no ONNX form.");
            }
        }
        return graph.Node("Concat", [.. features], OnnxAttribute.Integer("axis", 1));
    }

    private static void Add(OnnxGraph graph, NumericEncoding column, List<string> features)
    {
        string input = graph.FloatInput(column.Name);
        string missing = graph.Node("Or", [graph.Node("IsNaN", [input]), graph.Node("IsInf", [input])]);
        if (column.Deviation > 0)
        {
            // A missing number is the mean; it lies between the limits.
            string present = graph.Node("Where", [missing, graph.Constant([column.Mean]), input]);
            string clamped = graph.Node("Clip", [present, graph.Constant([column.Low]), graph.Constant([column.High])]);
            features.Add(Standardise(graph, clamped, column.Mean, column.Deviation));
        }
        if (column.MissingShare > 0)
        {
            string mark = graph.Node("Cast", [missing], OnnxAttribute.Integer("to", 1));
            (float mean, float deviation) = ColumnEncoding.OfShare(column.MissingShare);
            features.Add(Standardise(graph, mark, mean, deviation));
        }
    }

    private static string Standardise(OnnxGraph graph, string value, float mean, float deviation) => graph.Node(
        "Div", [graph.Node("Sub", [value, graph.Constant([mean], 1)]), graph.Constant([deviation], 1)]);

    /// <summary>A table of features, a row for each category and one for all texts that are none.</summary>
    private static void Add(OnnxGraph graph, CategoricalEncoding column, List<string> features)
    {
        string input = graph.TextInput(column.Name);
        int width = column.Width, unknown = column.Categories.Count;
        if (width == 0) return;
        float[] rows = new float[(unknown + 1) * width];
        for (int i = 0; i <= unknown; i++)
            column.Encode(i < unknown ? i : float.NaN, rows.AsSpan(i * width, width));
        string index = graph.Node(
            "LabelEncoder", [input],
            OnnxAttribute.Texts("keys_strings", column.Categories),
            OnnxAttribute.Integers("values_int64s", Enumerable.Range(0, unknown).Select(i => (long)i)),
            OnnxAttribute.Integer("default_int64", unknown));
        string found = graph.Node("Gather", [graph.Constant(rows, unknown + 1, width), index]);   // (N, 1, width)
        features.Add(graph.Node("Reshape", [found, graph.Constant([-1L, width], 2)]));
    }
}
