using ML.TextToModel.PModels;

namespace ML.TextToModel.Onnx;

/// <summary>The preprocessing of tables as ONNX: from columns to features (N, width).</summary>
internal static class TableGraph
{
    /// <summary>Adds the inputs and the nodes; returns the features.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="table">The preprocessing.</param>
    /// <param name="vector">The input of all columns, (N, columns); null for one per column, (N, 1).</param>
    /// <exception cref="ModelInputException">A vector was to hold categories.</exception>
    public static string Add(OnnxGraph graph, TablePreprocessing table, string? vector)
    {
        if (vector is not null) graph.FloatInput(vector, table.Columns.Count);
        List<string> features = [];
        foreach ((int i, ColumnEncoding column) in table.Columns.Index())
        {
            switch (column)
            {
                case NumericEncoding numeric: Add(graph, numeric, Number(i), features); break;
                case QuantileEncoding quantile: Add(graph, quantile, Number(i), features); break;
                case DateEncoding date: Add(graph, date, Number(i), features); break;
                case CategoricalEncoding when vector is not null:
                    throw new ModelInputException(
                        $"The column '{column.Name}' holds categories, which no vector of numbers can carry.");
                case CategoricalEncoding categorical: Add(graph, categorical, features); break;
                default: throw new NotSupportedException($"The column '{column.Name}' has no ONNX form.");
            }
        }
        return graph.Node("Concat", [.. features], OnnxAttribute.Integer("axis", 1));

        string Number(int i) => vector is null
            ? graph.FloatInput(table.Columns[i].Name)
            : graph.Node("Gather", [vector, graph.Constant([(long)i], 1)], OnnxAttribute.Integer("axis", 1));
    }

    private static void Add(OnnxGraph graph, NumericEncoding column, string input, List<string> features)
    {
        string missing = IsMissing(graph, input);
        AddNumber(graph, column, input, missing, features);
        AddMark(graph, column.MissingShare, missing, features);
    }

    private static void AddNumber(
        OnnxGraph graph, NumericEncoding column, string input, string missing, List<string> features)
    {
        if (column.Deviation <= 0) return;
        // A missing number is the mean; it lies between the limits.
        string present = graph.Node("Where", [missing, graph.Constant([column.Mean]), input]);
        string clamped = graph.Node("Clip", [present, graph.Constant([column.Low]), graph.Constant([column.High])]);
        features.Add(Standardise(graph, clamped, column.Mean, column.Deviation));
    }

    private static void AddMark(OnnxGraph graph, float share, string missing, List<string> features)
    {
        if (share <= 0) return;
        string mark = graph.Node("Cast", [missing], OnnxAttribute.Integer("to", 1));
        (float mean, float deviation) = ColumnEncoding.OfShare(share);
        features.Add(Standardise(graph, mark, mean, deviation));
    }

    /// <summary>The first value, and for each pair of knots the share of the way between them times the rise.</summary>
    private static void Add(OnnxGraph graph, QuantileEncoding column, string input, List<string> features)
    {
        string missing = IsMissing(graph, input);
        int steps = column.Knots.Count - 1;
        float[] low = [.. column.Knots.Take(steps)], high = [.. column.Knots.Skip(1)];
        float[] lengths = [.. high.Zip(low, (to, from) => to - from)];
        float[] rises = [.. column.Values.Skip(1).Zip(column.Values, (to, from) => to - from)];
        string present = graph.Node("Where", [missing, graph.Constant([low[0]]), input]);
        string start = graph.Constant(low, 1, steps);
        string within = graph.Node("Min", [graph.Node("Max", [present, start]), graph.Constant(high, 1, steps)]);
        string shares = graph.Node(
            "Div", [graph.Node("Sub", [within, start]), graph.Constant(lengths, 1, steps)]);   // (N, steps)
        string risen = graph.Node("MatMul", [shares, graph.Constant(rises, steps, 1)]);
        string value = graph.Node("Add", [risen, graph.Constant([column.Values[0]], 1)]);
        features.Add(graph.Node("Where", [missing, graph.Constant([0f], 1), value]));
        AddMark(graph, column.MissingShare, missing, features);
    }

    private static void Add(OnnxGraph graph, DateEncoding column, string input, List<string> features)
    {
        string missing = IsMissing(graph, input);
        AddNumber(graph, column.Days, input, missing, features);
        string date = graph.Node("Where", [missing, graph.Constant([0f], 1), input]);
        foreach (DateCycle cycle in column.Cycles)
        {
            string period = graph.Constant([cycle.Period], 1);
            string before = graph.Node("Mul", [graph.Node("Floor", [graph.Node("Div", [date, period])]), period]);
            string angle = graph.Node(
                "Mul", [graph.Node("Sub", [date, before]), graph.Constant([cycle.RadiansOfDay], 1)]);
            AddWave("Sin", cycle.SineMean, cycle.SineDeviation);
            AddWave("Cos", cycle.CosineMean, cycle.CosineDeviation);

            void AddWave(string operation, float mean, float deviation)
            {
                string wave = Standardise(graph, graph.Node(operation, [angle]), mean, deviation);
                features.Add(graph.Node("Where", [missing, graph.Constant([0f], 1), wave]));
            }
        }
        AddMark(graph, column.MissingShare, missing, features);
    }

    private static string IsMissing(OnnxGraph graph, string input) =>
        graph.Node("Or", [graph.Node("IsNaN", [input]), graph.Node("IsInf", [input])]);

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
