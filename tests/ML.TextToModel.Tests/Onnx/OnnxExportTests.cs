using System.Text;
using System.Text.Json;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Onnx.Tests;

public sealed class OnnxExportTests
{
    private const int Rows = 64;

    private static readonly string[] s_cities = ["Bern", "Zürich", "", "New\nYork", "Genève"];

    public static TheoryData<PModelSpec> Specs =>
    [
        new MlpSpec { Inputs = 1, Classes = 3, Hidden = [9], Skip = true },
        new MlpSpec { Inputs = 1, Classes = 2, Hidden = [5, 4] },
        new LinearSpec { Inputs = 1, Classes = 7 },
    ];

    [Theory, MemberData(nameof(Specs))]
    public void A_real_runtime_predicts_the_same(PModelSpec spec)
    {
        (FittedClassifier classifier, float[] raw) = Classifier(spec);
        Dictionary<string, object[]> columns = new()
        {
            ["a number"] = Column(0, value => value), ["mostly missing"] = Column(1, value => value),
            ["city"] = Column(2, value => float.IsNaN(value) ? "unheard of" : s_cities[(int)value]),
            ["constant"] = Column(3, value => value),
        };
        (string[] labels, float[][] probabilities) =
            OnnxRuntime.Run(OnnxExport.Model(classifier), Rows, columns);
        float[] own = new float[classifier.Classes.Count];
        for (int row = 0; row < Rows; row++)
        {
            classifier.Predict(raw.AsSpan(row * 4, 4), own);
            Closeness.AssertClose(own, probabilities[row], 1e-5, $"row {row}");
            Assert.Equal(classifier.Classes[own.IndexOf(own.Max())], labels[row]);
        }

        object[] Column(int index, Func<float, object> cell) =>
            [.. Enumerable.Range(0, Rows).Select(row => raw[row * 4 + index] is var v && float.IsNaN(v) && index != 2
                ? null! : cell(v))];
    }

    [Fact]
    public void Dates_and_quantiles_are_in_the_graph_too()
    {
        FittedClassifier classifier = SmallModels.LaterTableClassifier();
        OnnxRuntime.Check(OnnxExport.Model(classifier));
        float[][] rows = SmallModels.LaterRows(Rows);
        (rows[0][0], rows[1][2], rows[2][3]) = (float.PositiveInfinity, float.NegativeInfinity, -1e6f);
        ColumnEncoding[] encodings = [.. ((TablePreprocessing)classifier.Preprocessing).Columns];
        Dictionary<string, object[]> columns = encodings.Index().ToDictionary(
            c => c.Item.Name, c => rows.Select(row => Cell(c.Item, row[c.Index])).ToArray());
        (string[] labels, float[][] probabilities) = OnnxRuntime.Run(OnnxExport.Model(classifier), Rows, columns);
        for (int row = 0; row < Rows; row++)
        {
            float[] own = SmallModels.Predict(classifier, rows[row]);
            Closeness.AssertClose(own, probabilities[row], 1e-5, $"row {row}");
            Assert.Equal(classifier.Classes[own.IndexOf(own.Max())], labels[row]);
        }

        static object Cell(ColumnEncoding encoding, float value) => encoding is CategoricalEncoding own
            ? value >= 0 && value < own.Categories.Count ? own.Categories[(int)value] : "unheard of"
            : float.IsFinite(value) ? value : null!;   // JSON has no infinities: the runtime gets NaN
    }

    [Theory, InlineData(false), InlineData(true)]
    public void One_vector_may_carry_all_columns_that_are_no_categories(bool quantiles)
    {
        Rng rng = new(3);
        float[][] rows = [.. Enumerable.Range(0, Rows).Select(row => new[]
        {
            (float)Math.Exp(rng.NextNormal()), row % 3 == 0 ? float.NaN : row, 18_000 + 3 * row, row % 2,
        })];
        TablePreprocessing preprocessing = TablePreprocessing.Fit(
            ["skewed", "missing", "when", "yes or no"], new string[]?[4], [.. rows.SelectMany(row => row)], new()
            {
                Quantiles = quantiles, Booleans = new HashSet<string> { "yes or no" },
                Dates = new Dictionary<string, string?> { ["when"] = null },
            });
        LinearSpec spec = new() { Inputs = preprocessing.Width, Classes = 3 };
        FittedClassifier classifier = new(spec, spec.Initialize(rng), ["a", "b", "c"], preprocessing);
        byte[] model = OnnxExport.Model(classifier, "Features");
        OnnxRuntime.Check(model);
        float[][] probabilities = OnnxRuntime.Rows(OnnxRuntime.Run(model, "Features", [4], rows), "Probability");
        for (int row = 0; row < Rows; row++)
            Closeness.AssertClose(SmallModels.Predict(classifier, rows[row]), probabilities[row], 1e-5, $"row {row}");
    }

    [Fact]
    public void Categories_in_a_vector_and_columns_named_as_outputs_are_refused()
    {
        FittedClassifier city = Classifier(new LinearSpec { Inputs = 1, Classes = 2 }).Classifier;
        Assert.Equal(
            "The column 'city' holds categories, which no vector of numbers can carry.",
            Assert.Throws<ModelInputException>(() => OnnxExport.Model(city, "Features")).Message);

        TablePreprocessing named = TablePreprocessing.Fit(["Probability"], [null], [1, 2, 3]);
        LinearSpec spec = new() { Inputs = named.Width, Classes = 2 };
        FittedClassifier classifier = new(spec, spec.Initialize(new Rng(1)), ["a", "b"], named);
        Assert.Equal(
            "Two inputs or outputs of the ONNX model would be named 'Probability'.",
            Assert.Throws<ModelInputException>(() => OnnxExport.Model(classifier)).Message);
        OnnxRuntime.Check(OnnxExport.Model(classifier, "Features"));
    }

    [Fact]
    public void Images_may_have_another_name()
    {
        FittedClassifier classifier = SmallModels.BackboneClassifier();
        AssertSame(classifier, SmallModels.Rows(classifier, 3), "Pixels");
        classifier = SmallModels.Classifier(SmallModels.Specs["cnn"]);
        AssertSame(classifier, SmallModels.Rows(classifier, 3), "Pixels");
    }

    [Fact]
    public void Classes_are_where_ml_net_looks_for_slot_names()
    {
        string model = Encoding.Latin1.GetString(OnnxExport.Model(SmallModels.BackboneClassifier()));
        // Between the name of the node and its operator lie a tag, of field 4, and a length.
        string[] parts = model.Split("mlnet.Probability.SlotNames\"\fLabelEncoder");
        Assert.Equal(2, parts.Length);
        Assert.Contains("keys_strings", parts[1], StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Specs))]
    public void The_checker_finds_no_fault(PModelSpec spec) =>
        OnnxRuntime.Check(OnnxExport.Model(Classifier(spec).Classifier));

    public static TheoryData<string> Images => ["cnn", "cnn of three layers", "backbone"];

    [Theory, MemberData(nameof(Images))]
    public void A_real_runtime_sees_the_same_in_images(string name)
    {
        FittedClassifier classifier =
            name == "backbone" ? SmallModels.BackboneClassifier() : SmallModels.Classifier(SmallModels.Specs[name]);
        AssertSame(classifier, SmallModels.Rows(classifier, 9));
    }

    [Fact]
    public void A_head_on_a_real_backbone_is_exported_with_it()
    {
        Backbone backbone = OnnxImport.Read(
            Models.Find("mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx"),
            new() { Image = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]), Side = 96 });
        LinearSpec head = new() { Inputs = backbone.FeatureLength, Classes = 5 };
        FittedClassifier classifier = new(
            head, head.Initialize(new Rng(1)), ["a", "b", "c", "d", "e"], new BackbonePreprocessing(backbone));
        AssertSame(classifier, SmallModels.Rows(classifier, 3));
    }

    [Fact]
    public void Rows_without_a_table_are_refused()
    {
        FittedClassifier classifier = SmallModels.Classifier(SmallModels.Specs["linear"]);
        Assert.Equal(
            "Only classifiers of tables and images can be exported to ONNX so far.",
            Assert.Throws<ModelInputException>(() => OnnxExport.Model(classifier)).Message);
    }

    private static void AssertSame(FittedClassifier classifier, float[][] images, string? input = null)
    {
        byte[] model = OnnxExport.Model(classifier, input);
        OnnxRuntime.Check(model);
        (int height, int width) = classifier.Preprocessing.ImageSize(classifier.Spec.InputShape)!.Value;
        JsonElement outputs = OnnxRuntime.Run(model, input ?? "image", [3, height, width], images);
        string[] labels = OnnxRuntime.Labels(outputs);
        float[][] probabilities = OnnxRuntime.Rows(outputs, "Probability");
        for (int i = 0; i < images.Length; i++)
        {
            float[] own = SmallModels.Predict(classifier, images[i]);
            Closeness.AssertClose(own, probabilities[i], 1e-5, $"image {i}");
            Assert.Equal(classifier.Classes[own.IndexOf(own.Max())], labels[i]);
        }
    }

    private static (FittedClassifier Classifier, float[] Rows) Classifier(PModelSpec spec)
    {
        Rng rng = new(7);
        float[] raw = new float[Rows * 4];
        for (int row = 0; row < Rows; row++)
        {
            raw[row * 4] = row == 5 ? float.NaN : (float)Math.Exp(2 * rng.NextNormal());
            raw[row * 4 + 1] = rng.NextInt(3) > 0 ? float.NaN : (float)rng.NextNormal() * 1000;
            raw[row * 4 + 2] = rng.NextInt(9) == 0 ? float.NaN : rng.NextInt(s_cities.Length);
            raw[row * 4 + 3] = 8;
        }
        TablePreprocessing preprocessing = TablePreprocessing.Fit(
            ["a number", "mostly missing", "city", "constant"], [null, null, s_cities, null], raw);
        int width = preprocessing.Width;
        spec = spec switch
        {
            MlpSpec mlp => mlp with { Inputs = width }, LinearSpec linear => linear with { Inputs = width }, _ => spec,
        };
        string[] classes = [.. Enumerable.Range(0, spec.Classes).Select(c => $"class {c}")];
        return (new FittedClassifier(spec, spec.Initialize(rng), classes, preprocessing), raw);
    }
}
