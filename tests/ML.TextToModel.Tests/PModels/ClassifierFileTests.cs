using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.PModels.Tests;

public sealed class ClassifierFileTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(7, 9);

    private static readonly Gen<string> Text =
        Gen.Elements('a', 'Z', '0', '"', '\\', '\0', '\n', '\u007f', 'é', '\u0301', '中', '\u202e', '\uffff', '<')
            .Select(c => $"{c}").Or(Gen.Constant("🦊")).ListOf().Select(string.Concat);

    private static readonly Gen<FittedClassifier> Classifiers =
        from spec in Gen.Elements(SmallModels.Specs.Values.AsEnumerable())
        from classes in Gen.Choose(1, 9)
        from seed in Gen.Choose(0, 1_000_000)
        from texts in Text.ArrayOf(12)
        from full in Gen.Elements(true, false)
        select Create(spec with { Classes = classes }, (ulong)seed, texts, full);

    [Fact]
    public void Any_classifier_comes_back() => Prop.ForAll(Classifiers.ToArbitrary(), classifier =>
    {
        byte[] bytes = T2mFiles.Written(classifier);
        FittedClassifier read = ClassifierFile.Parse(bytes);
        Assert.Equal(classifier.Spec, read.Spec);
        Assert.Equal(classifier.Classes, read.Classes);
        Assert.Equal(classifier.Parameters, read.Parameters);
        Assert.Equal(classifier.Card.Metrics, read.Card.Metrics);
        Assert.Equal(classifier.Card.Candidates, read.Card.Candidates);
        Assert.Equal(classifier.Card.Notes, read.Card.Notes);
        Assert.Equal(
            (classifier.Card.Generator, classifier.Card.GeneratorSha256, $"{classifier.Card.Requirement}"),
            (read.Card.Generator, read.Card.GeneratorSha256, $"{read.Card.Requirement}"));
        Assert.Equal(classifier.Card.Seed, read.Card.Seed);
        foreach (float[] row in SmallModels.Rows(classifier, 2))
            Assert.Equal(SmallModels.Predict(classifier, row), SmallModels.Predict(read, row));
        Assert.Equal(bytes, T2mFiles.Written(read));
    }).Check(Config);

    [Fact]
    public void The_same_classifier_gives_the_same_bytes_in_memory_and_on_disk()
    {
        using TemporaryFile file = T2mFiles.Temporary();
        FittedClassifier classifier = SmallModels.Classifier(SmallModels.Specs["cnn"]);
        byte[] bytes = T2mFiles.Written(classifier);
        Assert.Equal(bytes, T2mFiles.Written(SmallModels.Classifier(SmallModels.Specs["cnn"])));
        classifier.Save(file.Path);
        Assert.Equal(bytes, File.ReadAllBytes(file.Path));
        Assert.Equal(bytes, T2mFiles.Written(FittedClassifier.Load(file.Path)));
    }

    [Fact]
    public void A_file_is_replaced_in_one_step_and_stays_whole_where_writing_fails()
    {
        using TemporaryFile file = T2mFiles.Temporary();
        FittedClassifier first = SmallModels.Classifier(SmallModels.Specs["mlp"], seed: 1);
        FittedClassifier second = SmallModels.Classifier(SmallModels.Specs["mlp"], seed: 2);
        first.Save(file.Path);
        using (FileStream open = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            second.Save(file.Path);
            // Whoever has the old file open still sees all of it.
            byte[] old = new byte[open.Length];
            open.ReadExactly(old);
            Assert.Equal(T2mFiles.Written(first), old);
        }
        Assert.Equal(T2mFiles.Written(second), File.ReadAllBytes(file.Path));

        Directory.CreateDirectory(file.Beside("folder"));
        Assert.ThrowsAny<Exception>(() => first.Save(file.Beside("folder")));
        Assert.Throws<DirectoryNotFoundException>(() => first.Save(file.Beside("absent/model.t2m")));
        Assert.Equal(["folder", "model.t2m"], file.Names());
        Assert.Equal(T2mFiles.Written(second), File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void Unknown_fields_are_tolerated()
    {
        string json = T2mFiles.Json
            .Replace("\"format\":1", "\"format\":1,\"later\":{\"a\":[1,2]}")
            .Replace("\"inputs\":2", "\"inputs\":2,\"comment\":\"x\"")
            .Replace("\"card\":{", "\"card\":{\"colour\":\"blue\",");
        FittedClassifier classifier = ClassifierFile.Parse(T2mFiles.File(json, T2mFiles.Tensors));
        Assert.Equal(new LinearSpec { Classes = 2, Inputs = 2 }, classifier.Spec);
    }

    [Fact]
    public void A_card_may_be_empty()
    {
        int start = T2mFiles.Json.IndexOf("\"card\"", StringComparison.Ordinal);
        FittedClassifier classifier =
            ClassifierFile.Parse(T2mFiles.File(T2mFiles.Json[..start] + "\"card\":{}}", T2mFiles.Tensors));
        Assert.Equal("", classifier.Card.Generator);
        Assert.Empty(classifier.Card.Metrics);
        Assert.Empty(classifier.Card.Candidates);
        Assert.Empty(classifier.Card.Notes);
    }

    [Fact]
    public void Fields_may_come_in_any_order_and_tensors_too()
    {
        const string json =
            """
            {"card":{"notes":[],"seed":18446744073709551615,"candidates":[],"generator":"","metrics":[]},
            "preprocessing":{"deviation":[1,2],"mean":[0,1],"columns":[],"kind":"features"},
            "classes":["a","b"],"spec":{"classes":2,"inputs":2,"kind":"linear"},"format":1}
            """;
        FittedClassifier classifier =
            ClassifierFile.Parse(T2mFiles.File(json, T2mFiles.Tensors[1], T2mFiles.Tensors[0]));
        Assert.Equal([1, 2, 3, 4, 5, 6], classifier.Parameters.ToArray());
        Assert.Equal(ulong.MaxValue, classifier.Card.Seed);
    }

    [Fact]
    public void The_example_of_the_format_page_is_what_is_written()
    {
        FittedClassifier classifier = new(
            new CnnSpec { Classes = 2 }, new float[5_370 - 8 * 33], ["cat", "dog"],
            new ImagePreprocessing([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]),
            new ClassifierCard
            {
                Generator = "generic-training", Seed = 7, Metrics = [new CardMetric("accuracy", 0.75, "cifar100 test")],
            });
        using SafetensorsFile file = SafetensorsFile.Parse(T2mFiles.Written(classifier));
        string page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "format-t2m.md"));
        string example = page.Split("```json\n")[1].Split("```")[0].Replace("\n", "");
        Assert.Equal(example, file.Metadata["t2m"]);
        Assert.Equal(["t2m"], file.Metadata.Keys);
        Assert.Equal(
            [
                "conv1.weight F32 (16, 3, 3, 3)", "conv2.weight F32 (32, 16, 3, 3)", "head.weight F32 (2, 32)",
                "head.bias F32 (2)",
            ],
            file.Entries.Select(entry => entry.ToString()));
    }

    private static FittedClassifier Create(PModelSpec spec, ulong seed, string[] texts, bool full)
    {
        FittedClassifier model = SmallModels.Classifier(spec, seed);
        ClassifierCard card = !full ? new() : new()
        {
            Generator = texts[9], GeneratorSha256 = texts[10], Seed = seed, Notes = [texts[11], ""],
            Requirement = JsonSerializer.SerializeToElement(new { task = texts[8], list = new[] { 1.5, -2 } }),
            Metrics = [new(texts[9], 1.0 / 3, texts[10]), new("", -1e300, "")],
            Candidates = [new(texts[11], null, true), new("", 0.5, false)],
        };
        string[] names = [.. Enumerable.Range(0, spec.Classes).Select(c => $"{c} {texts[c]}")];
        return new FittedClassifier(spec, model.Parameters, names, model.Preprocessing, card);
    }
}
