using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Tensors.Formats;
using ML.TextToModel.Tests;
using ML.TextToModel.Training;
using Small = ML.TextToModel.Generators.Hypernetwork.Tests.SmallHypernetwork;

namespace ML.TextToModel.Generators.Hypernetwork.Tests;

public sealed class HypernetworkGeneratorTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Lazy<HypernetworkGenerator> s_generator = new(() =>
    {
        HypernetworkPretraining training = Small.Training();
        training.Run();
        return training.Generator();
    });

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("sort by the left number", "a")]
    [InlineData("sort by the right number", "b")]
    public void The_requirement_decides_what_the_network_looks_at(string requirement, string column)
    {
        TableSample unknown = Small.Table(column, seed: 7, rows: 400);
        FittedClassifier classifier = Generate(requirement, unknown);
        Assert.InRange(TableScores.Of(classifier, unknown).Accuracy!.Value, 0.85, 1);   // the other column: 0.5
    }

    [Fact]
    public void Ranges_of_columns_stand_for_rows()
    {
        TaskRequirement requirement = new()
        {
            Sentence = "sort by the left number", Classes = ["low", "high"],
            Inputs = new()
            {
                Columns =
                [
                    new("b", ColumnKind.Numeric, Description: "right") { Range = new(-10, 30) },
                    new("a", ColumnKind.Numeric, Description: "left") { Range = new(-2.5, 1.5) },
                    new("c", ColumnKind.Numeric, Description: "shade"),
                    new("label", ColumnKind.Categorical, ColumnRole.Label),
                ],
            },
        };
        FittedClassifier made = s_generator.Value.Generate(requirement, ["a", "b"]);
        TablePreprocessing scale = new(
            [new NumericEncoding("a", -6.5f, 5.5f, -0.5f, 1, 0), new NumericEncoding("b", -50, 70, 10, 10, 0)]);
        Assert.Equal(scale, made.Preprocessing);
        Assert.Equal(s_generator.Value.Generate(requirement, scale).Parameters, made.Parameters);
        Assert.Contains("'c'", Assert.Throws<ModelInputException>(
            () => s_generator.Value.Generate(requirement)).Message);
        Assert.Contains("'label'", Assert.Throws<ModelInputException>(
            () => s_generator.Value.Generate(requirement, ["a", "label"])).Message);
    }

    [Fact]
    public void A_requirement_gives_what_its_sentence_and_descriptions_give()
    {
        TableSample sample = Small.Table("a", seed: 1);
        TaskRequirement requirement = new()
        {
            Sentence = "sort by the left number", Classes = ["low", new ClassRequirement("up", "high")],
            Inputs = new()
            {
                Columns = [.. Small.Words.Columns.Select(
                    column => new ColumnRequirement(column.Key, ColumnKind.Numeric, Description: column.Value))],
            },
        };
        FittedClassifier made = s_generator.Value.Generate(requirement, Preprocessing(sample));
        FittedClassifier expected = s_generator.Value.Generate(
            "sort by the left number", ["low", "high"], Preprocessing(sample), Small.Words);
        Assert.Equal(["low", "up"], made.Classes);
        Assert.Equal(expected.Parameters, made.Parameters);
        Assert.Equal(requirement, RequirementJson.Read(made.Card.Requirement!.Value.GetRawText()));
        Assert.Contains("The class 'low' is named twice.", Assert.Throws<ModelInputException>(
            () => s_generator.Value.Generate(requirement with { Classes = ["low", "low"] }, Preprocessing(sample)))
            .Message);
    }

    [Fact]
    public void Classes_in_another_order_get_the_same_rows_in_that_order()
    {
        TableSample sample = Small.Table("a", seed: 1);
        TablePreprocessing preprocessing = Preprocessing(sample);
        FittedClassifier one = s_generator.Value.Generate("sort by the left number", ["low", "high", "middle"],
            preprocessing, Small.Words);
        FittedClassifier other = s_generator.Value.Generate("sort by the left number", ["middle", "low", "high"],
            preprocessing, Small.Words);
        float[] a = one.Spec.Layout["head.bias"].Of(one.Parameters).ToArray();
        float[] b = other.Spec.Layout["head.bias"].Of(other.Parameters).ToArray();
        Closeness.AssertClose([a[2], a[0], a[1]], b, 1e-5);
        Assert.Equal(3, a.Distinct().Count());
    }

    [Fact]
    public void Columns_in_another_order_get_the_same_weights_in_that_order()
    {
        TablePreprocessing preprocessing = Preprocessing(Small.Table("a", seed: 1));
        TablePreprocessing swapped = new(
            [preprocessing.Columns[1], preprocessing.Columns[0], preprocessing.Columns[2]]);
        float[] First(TablePreprocessing order)
        {
            FittedClassifier made = s_generator.Value.Generate(
                "sort by the left number", ["low", "high"], order, Small.Words);
            return made.Spec.Layout["hidden1.weight"].Of(made.Parameters).ToArray();
        }
        float[] a = First(preprocessing), b = First(swapped);
        int width = preprocessing.Width;
        for (int unit = 0; unit < 8; unit++)
            Closeness.AssertClose([a[unit * width + 1], a[unit * width]], b.AsSpan(unit * width, 2), 1e-5);
    }

    [Fact]
    public void A_checkpoint_generates_what_the_training_would()
    {
        HypernetworkPretraining training = Small.Training(steps: 5);
        training.Run(cancel: Cancel);
        training.WriteCheckpoint(_path);
        HypernetworkGenerator read = HypernetworkGenerator.Load(_path, Small.Encoder);
        TableSample sample = Small.Table("a", seed: 1);
        FittedClassifier expected = Generate("sort by the left number", sample, training.Generator());
        FittedClassifier actual = Generate("sort by the left number", sample, read);
        Closeness.AssertClose(expected.Parameters, actual.Parameters, 2e-3);   // weights in half precision
        Assert.Equal(["drawn tables"], actual.Card.Notes);
        Assert.Equal(64, actual.Card.GeneratorSha256!.Length);
    }

    [Fact]
    public void A_head_takes_features_as_they_are()
    {
        HypernetworkPretraining training = Small.Heads(steps: 150);
        training.Run(cancel: Cancel);
        FittedClassifier head = training.Generator().Generate(
            "sort by the left number", ["low", "high"], new FeaturePreprocessing([], [], []));
        float[] features = Small.Features(9), probabilities = new float[2];
        int right = 0;
        for (int i = 0; i < 40; i++)
        {
            head.Predict(features.AsSpan(i * 4, 4), probabilities);
            if (probabilities[i % 2] > 0.5) right++;
        }
        Assert.InRange(right, 35, 40);
    }

    [Fact]
    public void The_nearest_requirement_of_the_training_is_named_unless_it_is_the_same()
    {
        TableSample sample = Small.Table("a", seed: 1);
        Assert.Equal(["drawn tables"], Generate("sort by the left number", sample).Card.Notes);
        string note = Generate("which of the two, by its left side", sample).Card.Notes[0];
        Assert.StartsWith("The nearest requirement of the generator's training is 'sort by the", note);
    }

    [Fact]
    public void What_cannot_be_served_is_refused_with_all_reasons()
    {
        TableSample sample = Small.Table("a", seed: 1);
        HypernetworkGenerator tables = s_generator.Value, heads = Small.Heads().Generator();
        Refused("Say in a sentence what the classifier is for. Name at least two classes.",
            () => tables.Generate(" ", ["low"], Preprocessing(sample)));
        Refused("This generator makes classifiers of tables only.",
            () => tables.Generate("left", ["low", "high"], new FeaturePreprocessing([], [], [])));
        Refused("This generator makes heads for 4 features, not for tables.",
            () => heads.Generate("left", ["low", "high"], Preprocessing(sample)));
        Refused("2 columns do not fit 4 inputs.",
            () => heads.Generate("left", ["low", "high"], new FeaturePreprocessing(["x", "y"], [], [])));

        static void Refused(string why, Action generate) => Assert.Equal(
            "There is nothing to generate. " + why, Assert.Throws<ModelInputException>(generate).Message);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused_whatever_is_missing()
    {
        Small.Heads().WriteCheckpoint(_path);
        byte[] sound = File.ReadAllBytes(_path);
        (string, string, string)[] faults =
        [
            ("\"hypernetwork\":", "\"hypernetwerk\":", "Its metadata has no key 'hypernetwork'."),
            ("\\\"format\\\":1", "\\\"format\\\":2", "Its format is 2, not 1."),
            ("\\\"rank\\\":2", "\\\"rank\\\":0", "The size 'rank' is 0, not between 1 and 4096."),
            ("\\\"width\\\":8", "\\\"width\\\":9", "has the shape"),
            ("\\\"layers\\\":1", "\\\"layers\\\":2", "There is no tensor"),
            ("feature_mean", "feature_meen", "There is no tensor 'feature_mean'"),
        ];
        foreach ((string from, string to, string why) in faults)
        {
            string text = System.Text.Encoding.Latin1.GetString(sound);
            Assert.Contains(from, text);
            File.WriteAllBytes(_path, System.Text.Encoding.Latin1.GetBytes(text.Replace(from, to)));
            string message = Assert.Throws<ModelInputException>(
                () => HypernetworkGenerator.Load(_path, Small.Encoder)).Message;
            Assert.StartsWith($"{_path} is no checkpoint of a requirement hypernetwork.", message);
            Assert.Contains(why, message);
        }
    }

    [Fact]
    public void Another_encoder_than_that_of_the_training_is_refused()
    {
        Small.Heads().WriteCheckpoint(_path);
        Assert.StartsWith("This generator was trained with vectors of random of length 12, not of other",
            Assert.Throws<ModelInputException>(() => HypernetworkGenerator.Load(
                _path, new Encoders.PrecomputedTextEncoder("other", ["x"], [.. Enumerable.Repeat(1f, 12)]))).Message);
    }

    [Fact]
    public void Weights_that_the_file_does_not_have_take_no_memory()
    {
        HypernetworkCheckpoint checkpoint = new(1, new() { Features = 60_000, Rank = 4_000 }, "none", [], 0, 0, []);
        checkpoint.Write(_path, new HypernetworkNetwork(new() { Width = 1, Hidden = [1] }, new(1)), FeatureScale.None);
        long before = GC.GetTotalAllocatedBytes();
        Assert.Throws<ModelInputException>(() => HypernetworkCheckpoint.Read(_path));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 10_000_000);
    }

    private static FittedClassifier Generate(
        string requirement, TableSample sample, HypernetworkGenerator? generator = null) =>
        (generator ?? s_generator.Value).Generate(requirement, sample.Classes, Preprocessing(sample), Small.Words);

    private static TablePreprocessing Preprocessing(TableSample sample) =>
        TablePreprocessing.Fit(sample.Columns, sample.Categories, sample.Values);
}
