using Microsoft.ML;
using Microsoft.ML.Data;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Requirements;
using ML.TextToModel.Requirements.Profiling;

namespace ML.TextToModel.MLNet.Tests;

public sealed class OtherInputTests
{
    private readonly MLContext _context = new(seed: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [RealFact]
    public void A_binary_classifier_evaluates()
    {
        IDataView rows = Data.View(_context, Data.Rows(200, classes: 2));
        TextToModelTransformer model =
            _context.BinaryClassification.Trainers.TextToModel(_context, nameof(Row.Flag)).Fit(rows);
        var metrics = _context.BinaryClassification.Evaluate(model.Transform(rows), nameof(Row.Flag));
        Assert.True(metrics.Accuracy > 0.95);
        Assert.True(metrics.AreaUnderRocCurve > 0.98);
        Assert.All(
            Data.Column<float>(model.Transform(rows), "Score")
                .Zip(Data.Column<float>(model.Transform(rows), "Probability")),
            pair => Assert.Equal(1 / (1 + Math.Exp(-pair.First)), pair.Second, 1e-5));
    }

    [RealFact]
    public void Class_names_alone_make_a_classifier_of_pixels()
    {
        IDataView none = _context.Data.LoadFromEnumerable(Array.Empty<Pixels>());
        TextToModelTransformer model =
            _context.Transforms.TextToModel(_context, nameof(Pixels.Image), "bear", "bicycle", "bus").Fit(none);
        Pixels grey = new() { Image = [.. Enumerable.Repeat(128f, 3 * 32 * 32)] };
        float[] score = Data.Scores(model.Transform(_context.Data.LoadFromEnumerable(new[] { grey }))).Single();
        float[] own = new float[3];
        model.Model.Predict(grey.Image, own);
        Assert.Equal(own, score);
    }

    [RealFact]
    public void Paths_and_bytes_of_image_files_give_the_same_scores()
    {
        string folder = Directory.CreateTempSubdirectory().FullName, path = Path.Combine(folder, "image.png");
        try
        {
            using (var zip = System.IO.Compression.ZipFile.OpenRead("Golden/images.zip"))
            using (Stream png = zip.GetEntry("png/grey1.png")!.Open())
            using (FileStream file = File.Create(path)) png.CopyTo(file);
            IDataView view = _context.Data.LoadFromEnumerable(
                new[] { new ImageFile { Path = path, Bytes = File.ReadAllBytes(path) } });
            float[][] scores =
            [
                .. new[] { nameof(ImageFile.Path), nameof(ImageFile.Bytes) }.Select(column => Data.Scores(
                    _context.Transforms.TextToModel(_context, new TextToModelOptions
                    {
                        ImageColumnName = column, Classes = ["bear", "bus"], Seed = 1,
                    }).Fit(view).Transform(view))[0]),
            ];
            Assert.Equal(scores[0], scores[1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [RealFact]
    public void Labelled_images_refine_what_names_made()
    {
        // A bright and a dark class, which their names say nothing of.
        Random noise = new(1);
        Pixels[] images = [.. Enumerable.Range(0, 100).Select(i => new Pixels
        {
            Label = i % 2 == 0 ? "bear" : "bus",
            Image = [.. Enumerable.Range(0, 3 * 32 * 32).Select(_ => i % 2 * 150 + 100 * noise.NextSingle())],
        })];
        IDataView view = _context.Data.LoadFromEnumerable(images);
        TextToModelTransformer model = _context.Transforms.TextToModel(
            _context, new TextToModelOptions { ImageColumnName = nameof(Pixels.Image) }).Fit(view);
        Assert.Equal([false, true], model.Model.Card.Candidates.Select(candidate => candidate.Chosen));
        Assert.All(Data.Scores(model.Transform(view)).Index(), row => Assert.True(row.Item[row.Index % 2] > 0.5));
    }

    [RealFact]
    public void Texts_are_told_apart_by_class_texts_alone_and_better_by_rows()
    {
        string[] texts = ["a dog and a cat", "the cow eats grass", "bread with cheese", "soup and apples"];
        Note[] rows = [.. Enumerable.Range(0, 80).Select(i => new Note
        {
            Text = $"{texts[i % 4]} {i / 4}", Label = i % 4 < 2 ? "animal" : "food",
        })];
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        IDataView none = _context.Data.LoadFromEnumerable(Array.Empty<Note>());
        TextToModelOptions options = new() { TextColumnName = nameof(Note.Text), Classes = ["animal", "food"] };
        foreach (IDataView fitted in new[] { none, view })
        {
            TextToModelTransformer model = _context.Transforms.TextToModel(_context, options).Fit(fitted);
            float[][] scores = Data.Scores(model.Transform(view));
            Assert.True(scores.Index().Count(row => row.Item[row.Index % 4 < 2 ? 0 : 1] > 0.5) > 60);
            Assert.IsType<TextPreprocessing>(model.Model.Preprocessing);
        }
    }

    [RealFact]
    public void A_sentence_alone_makes_a_classifier_of_images_and_stays_in_its_card()
    {
        IDataView none = _context.Data.LoadFromEnumerable(Array.Empty<Pixels>());
        TextToModelTransformer model = _context.Transforms.TextToModel(_context, new TextToModelOptions
        {
            ImageColumnName = nameof(Pixels.Image), TaskDescription = "Photos of bears, bicycles or buses",
        }).Fit(none);
        Assert.Equal(3, model.Model.Classes.Count);
        Assert.Contains("bicycle", model.Model.Card.Requirement!.Value.ToString(), StringComparison.Ordinal);
    }

    [RealFact]
    public void A_requirement_generator_of_the_user_names_the_classes_of_texts()
    {
        Note[] notes = [new() { Text = "a dog and a cat" }, new() { Text = "bread with cheese" }];
        Scripted generator = new("animal", "food");
        IDataView view = _context.Data.LoadFromEnumerable(notes);
        TextToModelTransformer model = _context.Transforms.TextToModel(_context, new TextToModelOptions
        {
            TextColumnName = nameof(Note.Text), TaskDescription = "What is it about?",
            RequirementGenerator = generator,
        }).Fit(view);
        Assert.Equal(["animal", "food"], model.Model.Classes);
        Assert.Equal(
            [new TextSample("a dog and a cat"), new TextSample("bread with cheese")], generator.Input!.Texts!.Samples);
        Assert.Equal([true, false], Data.Scores(model.Transform(view)).Select(scores => scores[0] > 0.5));
    }

    [RealFact]
    public void A_requirement_generator_sees_rows_of_features_with_their_labels()
    {
        Row[] rows = Data.Rows(60);
        rows[0].Label = "";
        Scripted generator = new("a", "b", "c");
        _context.MulticlassClassification.Trainers.TextToModel(
            _context, new TextToModelOptions { RequirementGenerator = generator }).Fit(Data.View(_context, rows));
        TaskRequirement profile = RequirementProfiler.Profile(generator.Input!, cancel: Cancel);
        Assert.Equal((60, 1, "Label"), (profile.Data!.Rows, profile.Data.Unlabelled, profile.Label));
        Assert.Equal(rows.Skip(1).Select(row => row.Label).Distinct().Order(), profile.Classes.Select(one => one.Name));
        Assert.All(profile.Inputs.Columns.SkipLast(1), column =>
            Assert.Equal((ColumnKind.Numeric, ColumnRole.Input), (column.Kind, column.Role)));
    }

    [RealFact]
    public void A_requirement_generator_sees_images_with_their_labels()
    {
        Pixels[] images = [new() { Image = [.. Enumerable.Repeat(128f, 3 * 32 * 32)], Label = "bear" }];
        Scripted generator = new("bear", "bus");
        _context.Transforms.TextToModel(_context, new TextToModelOptions
        {
            ImageColumnName = nameof(Pixels.Image), Classes = ["bear", "bus"], RequirementGenerator = generator,
        }).Fit(_context.Data.LoadFromEnumerable(images));
        ImageSample sample = Assert.Single(generator.Input!.Images!.Samples);
        Assert.Equal(("bear", 32), (sample.Label, sample.Decode().Width));
    }

    private sealed class Scripted(params string[] classes) : IRequirementGenerator
    {
        public TaskInput? Input { get; private set; }

        public Task<TaskRequirement> GenerateAsync(
            TaskInput input, IProgress<string>? progress, CancellationToken cancel)
        {
            Input = input;
            ClassRequirement[] named = [.. classes.Select(name => new ClassRequirement(name))];
            return Task.FromResult(new TaskRequirement { Classes = named });
        }
    }

    private sealed class Pixels
    {
        [VectorType(3 * 32 * 32)]
        public float[] Image { get; set; } = [];

        public string Label { get; set; } = "";
    }

    private sealed class ImageFile
    {
        public string Path { get; set; } = "";

        public byte[] Bytes { get; set; } = [];
    }

    private sealed class Note
    {
        public string Text { get; set; } = "";

        public string Label { get; set; } = "";
    }
}
