using ML.TextToModel.Datasets;
using ML.TextToModel.Datasets.Tests;
using ML.TextToModel.Encoders;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;
using ML.TextToModel.Training;

namespace ML.TextToModel.Generators.Hypernetwork.Tests;

/// <summary>Small tables with words, and small trainings on them.</summary>
internal static class SmallHypernetwork
{
    private static readonly string[] s_texts =
    [
        "sort by the left number", "sort by the right number", "which of the two, by its left side", "left", "right",
        "shade", "light", "dark", "low", "high", "middle",
    ];

    public static ITextEncoder Encoder { get; } = new PrecomputedTextEncoder("random", s_texts, Vectors());

    public static TaskDescription Words { get; } = new(
        [s_texts[0]], new Dictionary<string, string> { ["a"] = "left", ["b"] = "right", ["c"] = "shade" },
        new Dictionary<string, string>());

    /// <summary>
    /// A table whose class is that of one of its columns: numbers a and b, and a category c without influence.
    /// </summary>
    public static TableSample Table(string column, ulong seed, int rows = 200)
    {
        Rng rng = new(seed);
        string csv = "a,b,c,label\n" + string.Concat(Enumerable.Range(0, rows).Select(_ =>
        {
            double a = rng.NextNormal(), b = rng.NextNormal();
            string shade = rng.NextInt(2) == 0 ? "light" : "dark", label = (column == "a" ? a : b) > 0 ? "high" : "low";
            return FormattableString.Invariant($"{a:F3},{b:F3},{shade},{label}\n");
        }));
        using MemoryStream stream = TestInput.Utf8(csv);
        return TableSample.From(Datasets.Table.Load(stream, new TableOptions { Label = "label" }));
    }

    /// <summary>A training on two tables of the same columns that differ in their requirement alone.</summary>
    public static HypernetworkPretraining Training(int steps = 300, ulong seed = 3) => new(
        [
            new TableTask(Words, Table("a", 1)), new TableTask(Words with { Wordings = [s_texts[1]] }, Table("b", 2)),
        ],
        Encoder, new() { Width = 16, Layers = 1, Hidden = [8] },
        new() { Steps = steps, Rows = 32, Rate = 1e-2f, LocalSteps = 2, RowNoise = 0, WarmUp = 10 }, seed,
        ["drawn tables"]);

    /// <summary>A training of heads for four features, of two domains.</summary>
    public static HypernetworkPretraining Heads(int steps = 5) => new(
        [new FeatureTask(Words, ["low", "high"], 4, Features(1), [.. Enumerable.Range(0, 40).Select(i => i % 2)])],
        Encoder, new() { Width = 8, Layers = 1, Rank = 2 }, new() { Steps = steps, Rows = 8, Rate = 1e-2f, WarmUp = 0 },
        seed: 1);

    /// <summary>Forty images of four features, the first of which tells their class.</summary>
    public static float[] Features(ulong seed)
    {
        float[] features = new float[40 * 4];
        new Rng(seed).FillNormal(features);
        for (int i = 0; i < 40; i++) features[i * 4] += i % 2 * 4 + 3;
        return features;
    }

    private static float[] Vectors()
    {
        float[] vectors = new float[s_texts.Length * 12];
        new Rng(1).FillNormal(vectors);
        return vectors;
    }
}
