using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;
using ML.TextToModel.Datasets;
using ML.TextToModel.Generators;
using ML.TextToModel.Generators.InContext;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.MLNet.Tests;

/// <summary>Exported classifiers in ML.NET, where <c>ApplyOnnxModel</c> runs them.</summary>
public sealed class OnnxModelTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [RealFact]
    public void A_table_of_numbers_and_texts_is_scored_as_by_the_predictor()
    {
        Flower[] flowers = Flowers(60);
        (FittedClassifier classifier, TableSample sample) = Classifier(flowers);
        OnnxExport.Write(_file, classifier);
        AssertSame(
            classifier, _context.Data.LoadFromEnumerable(flowers),
            [.. Enumerable.Range(0, sample.Rows).Select(row => sample.Row(row).ToArray())]);
    }

    [RealFact]
    public void A_prediction_engine_gives_the_label_as_a_text()
    {
        Flower[] flowers = Flowers(60);
        (FittedClassifier classifier, TableSample sample) = Classifier(flowers);
        OnnxExport.Write(_file, classifier);
        using OnnxTransformer model =
            _context.Transforms.ApplyOnnxModel(_file).Fit(_context.Data.LoadFromEnumerable(flowers));
        using var engine = _context.Model.CreatePredictionEngine<Flower, NamedPrediction>(model);
        Assert.Equal(
            Enumerable.Range(0, sample.Rows).Select(row => Label(classifier, sample.Row(row))),
            flowers.Select(flower => Assert.Single(engine.Predict(flower).PredictedLabel)));
    }

    [RealFact]
    public void A_cnn_is_scored_as_by_the_predictor()
    {
        FittedClassifier classifier = TinaGenerator.Shipped.Generate(["bear", "bicycle", "bus"]);
        OnnxExport.Write(_file, classifier);
        AssertSame(classifier, View(Images(9)), Images(9));
    }

    [RealFact]
    public void A_head_brings_its_backbone_along()
    {
        FittedClassifier classifier = ShippedResNet20.Classifier;
        OnnxExport.Write(_file, classifier);
        AssertSame(classifier, View(Images(5)), Images(5));
    }

    [RealFact]
    public void The_export_of_a_step_takes_the_column_that_the_step_took()
    {
        Row[] rows = Data.Rows(90);
        IDataView view = Data.View(_context, rows);
        TextToModelTransformer step = _context.MulticlassClassification.Trainers.TextToModel(_context).Fit(view);
        step.ExportToOnnx(_file);
        AssertSame(step.Model, view, [.. rows.Select(row => row.Features)]);

        IDataView images = View(Images(9));
        step = _context.Transforms.TextToModel(_context, nameof(Picture.Pixels), "bear", "bus").Fit(images);
        step.ExportToOnnx(_file);
        AssertSame(step.Model, images, Images(9));
    }

    /// <summary>Labels and probabilities of the file in a pipeline, and in one that was saved and loaded.</summary>
    private void AssertSame(FittedClassifier classifier, IDataView view, float[][] rows)
    {
        using MemoryStream saved = new();
        using (OnnxTransformer model = _context.Transforms.ApplyOnnxModel(_file).Fit(view))
        {
            AssertSame(classifier, rows, model.Transform(view));
            _context.Model.Save(model, view.Schema, saved);
        }
        File.Delete(_file);   // the saved pipeline holds it
        ITransformer loaded = new MLContext().Model.Load(saved, out _);
        using (loaded as IDisposable) AssertSame(classifier, rows, loaded.Transform(view));
    }

    private static void AssertSame(FittedClassifier classifier, float[][] rows, IDataView scored)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Probability"].GetSlotNames(ref names);
        Assert.Equal(classifier.Classes, names.DenseValues().Select(name => name.ToString()));

        var labels = Data.Column<VBuffer<ReadOnlyMemory<char>>>(scored, "PredictedLabel");
        var probabilities = Data.Column<VBuffer<float>>(scored, "Probability");
        Assert.Equal(rows.Length, labels.Length);
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(Label(classifier, rows[row]), Assert.Single(labels[row].DenseValues()).ToString());
            float[] own = Predict(classifier, rows[row]), theirs = [.. probabilities[row].DenseValues()];
            Assert.Equal(own.Length, theirs.Length);
            Assert.All(own.Zip(theirs), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    private static string Label(FittedClassifier classifier, ReadOnlySpan<float> row)
    {
        float[] own = Predict(classifier, row);
        return classifier.Classes[own.IndexOf(own.Max())];
    }

    private static float[] Predict(FittedClassifier classifier, ReadOnlySpan<float> row)
    {
        float[] probabilities = new float[classifier.Classes.Count];
        classifier.Predict(row, probabilities);
        return probabilities;
    }

    private static Flower[] Flowers(int count)
    {
        Rng rng = new(1);
        string[] species = ["iris", "poppy", "tulip"], colours = ["blue", "red", "yellow"];
        return [.. Enumerable.Range(0, count).Select(i => new Flower
        {
            PetalLength = i % 10 == 3 ? float.NaN : i % 3 + (float)rng.NextNormal(),
            Width = 3 * (i % 3) + (float)rng.NextNormal(),
            Colour = i % 10 == 7 ? "" : colours[rng.NextInt(2) == 0 ? i % 3 : rng.NextInt(3)],
            Species = species[i % 3],
        })];
    }

    /// <summary>A classifier of the flowers, which come from a file, and the rows that it read.</summary>
    private static (FittedClassifier Classifier, TableSample Sample) Classifier(Flower[] flowers)
    {
        IEnumerable<string> lines = flowers.Select(flower => string.Create(
            CultureInfo.InvariantCulture,
            $"{(float.IsNaN(flower.PetalLength) ? null : flower.PetalLength):R},{flower.Width:R},{flower.Colour},"
            + $"{flower.Species}"));
        string csv = string.Join('\n', lines.Prepend("petal length,Width,Colour,species"));
        TableSample sample = TableSample.From(
            Table.Load(new MemoryStream(Encoding.UTF8.GetBytes(csv)), new TableOptions { Label = "species" }));
        return (new TableGenerator(InContextGenerator.Shipped).Generate(sample), sample);
    }

    private IDataView View(float[][] images) =>
        _context.Data.LoadFromEnumerable(images.Select(image => new Picture { Image = image, Pixels = image }));

    private static float[][] Images(int count)
    {
        Rng rng = new(2);
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, 3 * 32 * 32)
            .Select(pixel => (float)(128 + 100 * Math.Sin(pixel * (i + 1) * 0.01) + rng.NextInt(28))).ToArray())];
    }

    private sealed class Flower
    {
        [ColumnName("petal length")]
        public float PetalLength { get; set; }

        public float Width { get; set; }

        public string Colour { get; set; } = "";

        public string Species { get; set; } = "";
    }

    private sealed class NamedPrediction
    {
        [VectorType(1)]
        public string[] PredictedLabel { get; set; } = [];
    }

    private sealed class Picture
    {
        [ColumnName("image"), VectorType(3 * 32 * 32)]
        public float[] Image { get; set; } = [];

        [VectorType(3 * 32 * 32)]
        public float[] Pixels { get; set; } = [];
    }
}
