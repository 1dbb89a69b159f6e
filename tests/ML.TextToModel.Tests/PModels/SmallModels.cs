using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels.Tests;

/// <summary>Small p-models of every kind, with odd sizes.</summary>
internal static class SmallModels
{
    public static IReadOnlyDictionary<string, PModelSpec> Specs { get; } = new Dictionary<string, PModelSpec>
    {
        ["cnn"] = new CnnSpec { Classes = 4, Height = 7, Width = 9, Channels = [5, 6], Strides = [2, 1] },
        ["cnn of one layer"] = new CnnSpec { Classes = 3, Height = 5, Width = 4, Channels = [7], Strides = [1] },
        ["cnn of three layers"] =
            new CnnSpec { Classes = 2, Height = 9, Width = 9, Channels = [3, 4, 5], Strides = [1, 3, 2] },
        ["mlp without hidden layer"] = new MlpSpec { Classes = 3, Inputs = 5, Hidden = [] },
        ["mlp without hidden layer, with skip"] = new MlpSpec { Classes = 3, Inputs = 5, Hidden = [], Skip = true },
        ["mlp"] = new MlpSpec { Classes = 3, Inputs = 13, Hidden = [17] },
        ["mlp with skip"] = new MlpSpec { Classes = 3, Inputs = 13, Hidden = [17], Skip = true },
        ["mlp of two layers"] = new MlpSpec { Classes = 2, Inputs = 33, Hidden = [7, 31] },
        ["mlp of two layers with skip"] = new MlpSpec { Classes = 5, Inputs = 1, Hidden = [31, 7], Skip = true },
        ["linear"] = new LinearSpec { Classes = 7, Inputs = 33 },
        ["linear of one class"] = new LinearSpec { Classes = 1, Inputs = 1 },
    };

    public static TheoryData<string> Names => new(Specs.Keys);

    /// <summary>A classifier with random parameters and preprocessing.</summary>
    public static FittedClassifier Classifier(PModelSpec spec, ulong seed = 1, ClassifierCard? card = null)
    {
        var rng = new Rng(seed);
        return new FittedClassifier(
            spec, spec.Initialize(rng), [.. Enumerable.Range(0, spec.Classes).Select(c => $"class {c}")],
            Preprocessing(spec, rng.Split("preprocessing")), card);
    }

    /// <summary>A classifier of a table with columns of every kind.</summary>
    public static FittedClassifier TableClassifier()
    {
        const int rows = 300;
        string[] few = ["x", "y", "z"], pair = ["no", "yes"], many = [.. Enumerable.Range(0, 40).Select(i => $"c{i}")];
        Rng rng = new(4);
        float[] raw = [.. Enumerable.Range(0, rows).SelectMany(row => new[]
        {
            (float)Math.Exp(3 * rng.NextNormal()), row % 3 == 0 ? float.NaN : (float)rng.NextNormal(), 7,
            rng.NextInt(3), rng.NextInt(2), rng.NextInt(1 + rng.NextInt(40)),
            rng.NextInt(4) == 0 ? float.NaN : rng.NextInt(3),
        })];
        TablePreprocessing preprocessing = TablePreprocessing.Fit(
            ["skewed", "missing", "constant", "few", "pair", "many", "few, missing"],
            [null, null, null, few, pair, many, few], raw);
        MlpSpec spec = new() { Inputs = preprocessing.Width, Hidden = [6], Classes = 3, Skip = true };
        return new FittedClassifier(spec, spec.Initialize(rng), ["a", "b", "c"], preprocessing);
    }

    /// <summary>A classifier of pairs of texts.</summary>
    public static FittedClassifier TextClassifier()
    {
        FittedClassifier table = TableClassifier();
        return new FittedClassifier(
            table.Spec, table.Parameters, table.Classes,
            new TextPreprocessing(["question", "answer"], "word vectors", "0123456789abcdef", table.Preprocessing));
    }

    /// <summary>A classifier of a table with the encodings that came with version 2 of the file format.</summary>
    public static FittedClassifier LaterTableClassifier()
    {
        const int rows = 400;
        string[] many = [.. Enumerable.Range(0, 90).Select(i => $"c{i}")];
        Rng rng = new(4);
        float[] raw = [.. Enumerable.Range(0, rows).SelectMany(row => new[]
        {
            (float)Math.Exp(2 * rng.NextNormal()), row % 3 == 0 ? float.NaN : (float)rng.NextNormal(),
            row % 5 == 0 ? float.NaN : 18_000 + 3 * row + 0.25f * (row % 4), -20_000 + row % 30, rng.NextInt(90),
            row % 2,
        })];
        TablePreprocessing preprocessing = TablePreprocessing.Fit(
            ["skewed", "missing", "when", "days of a month", "many", "yes or no"],
            [null, null, null, null, many, null], raw, new()
            {
                Quantiles = true, Booleans = new HashSet<string> { "yes or no" },
                Dates = new Dictionary<string, string?> { ["when"] = "d/M/yyyy", ["days of a month"] = null },
            });
        MlpSpec spec = new() { Inputs = preprocessing.Width, Hidden = [6], Classes = 3, Skip = true };
        return new FittedClassifier(spec, spec.Initialize(rng), ["a", "b", "c"], preprocessing);
    }

    /// <summary>Raw rows of <see cref="LaterTableClassifier"/>, some beyond those that it was fitted to.</summary>
    public static float[][] LaterRows(int count)
    {
        float[][] rows = Rows(LaterTableClassifier(), count);
        foreach (float[] row in rows)
            (row[2], row[3], row[4]) = (18_000 + 150 * row[2], 300 * row[3], MathF.Floor(15 * MathF.Abs(row[4])));
        return rows;
    }

    /// <summary>A head on a random backbone with every kind of step, for images of 5×7 pixels.</summary>
    public static FittedClassifier BackboneClassifier()
    {
        BackboneSpec spec = new("random", 5, 7, new([0.5f, 0.4f, 0.3f], [0.25f, 0.5f, 1]),
        [
            new ConvolutionStep(0, 6, 3, 2, 1, 1, 3), new ClampStep(1, 0, null),             // 5×8×6
            new ConvolutionStep(2, 6, 3, 3, 1, 1, 6), new AddStep(3, 2), new ClampStep(4, -0.5f, 0.75f),
            new SliceStep(5, [1, 0, 1], [2, 3, 2], [2, 3, 3]), new PadStep(6, [1, 0, 2], [0, 1, 1]),   // 3×4×6
            new ConvolutionStep(7, 4, 2, 3, 2, 0, 2), new FlattenStep(8),                     // 1×1×4
            new MeanStep(5), new ConvolutionStep(10, 4, 1, 1, 1, 0, 1), new AddStep(11, 9),
            new ClampStep(9, null, 0.1f), new AddStep(12, 13),
        ]);
        Rng rng = new(6);
        float[] weights = new float[spec.Layout.Count];
        rng.FillUniform(weights, -0.6, 0.6);
        LinearSpec head = new() { Inputs = 4, Classes = 3 };
        return new FittedClassifier(
            head, head.Initialize(rng), ["a", "b", "c"], new BackbonePreprocessing(new Backbone(spec, weights)));
    }

    /// <summary>Raw rows of a classifier: pixels, or numbers some of which are missing.</summary>
    public static float[][] Rows(FittedClassifier classifier, int count, ulong seed = 2)
    {
        var rng = new Rng(seed);
        bool image = classifier.Preprocessing.ImageSize(classifier.Spec.InputShape) is not null;
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, classifier.RowLength).Select(_ =>
            image ? rng.NextInt(256) : rng.NextInt(9) == 0 ? float.NaN : (float)rng.NextNormal() * 3).ToArray())];
    }

    public static float[] Predict(FittedClassifier classifier, float[] row)
    {
        float[] probabilities = new float[classifier.Classes.Count];
        classifier.Predict(row, probabilities);
        return probabilities;
    }

    private static Preprocessing Preprocessing(PModelSpec spec, Rng rng)
    {
        int count = spec is CnnSpec ? 3 : spec.InputShape[0];
        float[] mean = new float[count], deviation = new float[count];
        rng.FillUniform(mean, 0.3, 0.6);
        rng.FillUniform(deviation, 0.1, 2);
        return spec is CnnSpec
            ? new ImagePreprocessing(mean, deviation)
            : new FeaturePreprocessing([.. Enumerable.Range(0, count).Select(i => $"x{i}")], mean, deviation);
    }
}
