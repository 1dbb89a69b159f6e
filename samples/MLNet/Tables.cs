using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.MLNet;

namespace MLNetSample;

/// <summary>A step among ML.NET's own: fitted to rows, evaluated, saved and loaded.</summary>
internal static class Tables
{
    private const int Numbers = 6;

    public static void Run(MLContext context)
    {
        Element[] elements =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "elements.csv")).Skip(1)
                .Select(line => line.Split(','))
                .Select(fields => new Element { Features = [.. fields[1..^1].Select(Number)], Family = fields[^1] }),
        ];
        IDataView learned = Rows(i => i % 4 != 0), kept = Rows(i => i % 4 == 0);
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", nameof(Element.Family))
            .Append(context.MulticlassClassification.Trainers.TextToModel(
                context, taskDescription: "Which family is a chemical element of?"))
            .Append(context.Transforms.Conversion.MapKeyToValue("PredictedFamily", "PredictedLabel"));
        var model = pipeline.Fit(learned);
        IDataView scored = model.Transform(kept);
        double accuracy = context.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        Console.WriteLine($"accuracy on rows kept back: {accuracy:P0}");
        string path = Path.Combine(Path.GetTempPath(), "elements.zip");
        context.Model.Save(model, learned.Schema, path);
        ITransformer loaded = new MLContext().Model.Load(path, out _);
        using var before = context.Model.CreatePredictionEngine<Element, Family>(model);
        using var after = context.Model.CreatePredictionEngine<Element, Family>(loaded);
        foreach (Element element in elements.Take(5))
        {
            (string first, string again) =
                (before.Predict(element).PredictedFamily, after.Predict(element).PredictedFamily);
            Console.WriteLine($"{element.Family}: {first}, and loaded {again}");
        }

        IDataView Rows(Func<int, bool> which) =>
            context.Data.LoadFromEnumerable(elements.Where((_, i) => which(i)).ToArray());
    }

    private static float Number(string field) => field.Length == 0
        ? float.NaN
        : float.Parse(field, CultureInfo.InvariantCulture);

    private sealed class Element
    {
        [VectorType(Numbers)]
        public float[] Features { get; set; } = [];

        public string Family { get; set; } = "";
    }

    private sealed class Family
    {
        public string PredictedFamily { get; set; } = "";
    }
}
