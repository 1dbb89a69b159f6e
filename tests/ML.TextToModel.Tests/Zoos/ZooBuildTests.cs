using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Zoos.Tests;

public sealed class ZooBuildTests : IDisposable
{
    private static readonly Lazy<ImageSet> s_train = new(() => DrawnImages.Draw(perClass: 6, new Rng(7)));
    private static readonly Lazy<ImageSet> s_test = new(() => DrawnImages.Draw(perClass: 4, new Rng(8)));

    private static readonly ZooRecipe s_recipe = new()
    {
        Tasks = 5, TaskSize = 3, Together = 2, Seed = 3,
        Training = new TrainingOptions { Epochs = 2, BatchSize = 4, Rate = 1e-2f },
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_zoo_holds_trained_p_models_of_different_tasks()
    {
        Zoo zoo = Build().Run(_folder, cancel: Cancel);
        Assert.Equal(5, zoo.Count);
        Assert.Equal(3, zoo.Index.Shards.Count);
        IEnumerable<ZooEntry> entries = zoo.Index.Shards.SelectMany(shard => shard.Entries);
        Assert.Equal(5, entries.Select(entry => string.Join(',', entry.Classes)).Distinct().Count());
        Assert.Equal(["shard-00000.safetensors", "shard-00001.safetensors", "shard-00002.safetensors", "zoo.json"],
            Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach ((ZooEntry entry, float[] parameters) in Zoo.Open(_folder).PModels())
        {
            Assert.Equal(zoo.Index.Spec.Layout.Count, parameters.Length);
            Assert.InRange(entry.Accuracy, 0, 1);
        }
    }

    [Fact]
    public void A_p_model_is_what_training_from_its_classifier_selection_gives()
    {
        FittedClassifier generic = Generic();
        Zoo zoo = Build().Run(_folder, cancel: Cancel);
        (ZooEntry entry, float[] parameters) = zoo.PModels().First();
        PModelSpec spec = zoo.Index.Spec;
        float[] start = Generators.Baselines.ClassifierSelection.Select(
            generic.Spec, generic.Parameters, spec, [.. entry.Classes]);
        Assert.NotEqual(start, parameters);
        ImageExamples examples = new(
            s_train.Value, [entry.Classes], (ImagePreprocessing)generic.Preprocessing, s_recipe.Training);
        Assert.True(
            Loss(spec, parameters, examples) < Loss(spec, start, examples), "training did not lower the loss");
    }

    [Fact]
    public void A_build_that_was_stopped_ends_with_the_same_bits()
    {
        Build().Run(_folder, cancel: Cancel);
        string other = _folder + "-stopped";
        try
        {
            for (int stop = 1; stop < 100; stop += 3)
            {
                using CancellationTokenSource source = new();
                int steps = 0;
                try
                {
                    Build().Run(
                        other, new TrainingRun { SaveEvery = TimeSpan.Zero },
                        new Every(() => { if (++steps == 4) source.Cancel(); }), source.Token);
                    break;
                }
                catch (OperationCanceledException) { }
            }
            foreach (string file in Directory.GetFiles(_folder))
                Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(other, Path.GetFileName(file))));
            Assert.Equal(Directory.GetFiles(_folder).Length, Directory.GetFiles(other).Length);
        }
        finally
        {
            if (Directory.Exists(other)) Directory.Delete(other, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_file_is_built_again()
    {
        Build().Run(_folder, cancel: Cancel);
        string shard = Path.Combine(_folder, "shard-00001.safetensors");
        byte[] whole = File.ReadAllBytes(shard);
        File.WriteAllBytes(shard, [.. whole[..^1], (byte)~whole[^1]]);
        Assert.Throws<ModelInputException>(() => Zoo.Open(_folder).PModels().Count());
        Build().Run(_folder, cancel: Cancel);
        Assert.Equal(whole, File.ReadAllBytes(shard));
    }

    [Fact]
    public void A_folder_with_another_zoo_is_refused()
    {
        Build().Run(_folder, cancel: Cancel);
        ZooBuild other = new(Generic(), s_train.Value, s_test.Value, s_recipe with { Seed = 4 });
        var error = Assert.Throws<ModelInputException>(() => other.Run(_folder, cancel: Cancel));
        Assert.Contains("another zoo", error.Message);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("TaskSize", Refused(s_recipe with { TaskSize = 1 }));
        Assert.Contains("no 99 classes", Refused(s_recipe with { TaskSize = 99 }));
        Assert.Contains("no superclasses", Refused(s_recipe with { Mix = TaskMix.Superclass }));
    }

    [Fact]
    public void A_damaged_index_is_refused()
    {
        Directory.CreateDirectory(_folder);
        Assert.Throws<ModelInputException>(() => Zoo.Open(_folder));
        foreach (string text in new[] { "", "null", "{}", "{\"format\": 1}", "[1]" })
        {
            File.WriteAllText(Path.Combine(_folder, ZooIndex.FileName), text);
            Assert.Throws<ModelInputException>(() => Zoo.Open(_folder));
        }
    }

    private static string Refused(ZooRecipe recipe) => Assert.Throws<ModelInputException>(
        () => new ZooBuild(Generic(), s_train.Value, s_test.Value, recipe)).Message;

    private static ZooBuild Build() => new(Generic(), s_train.Value, s_test.Value, s_recipe);

    private static FittedClassifier Generic() => new GenericTraining(
        s_train.Value, new TrainingOptions { Epochs = 1 }, seed: 1,
        new CnnSpec { Classes = 1, Channels = [4, 6], Strides = [4, 2] }).Classifier();

    private static float Loss(PModelSpec spec, float[] parameters, ImageExamples examples)
    {
        int count = examples.Count(0);
        Tensor inputs = Tensor.Zeros(examples.InputShape.Insert(0, count).Insert(0, 1));
        examples.Fill(0, [.. Enumerable.Range(0, count)], null, inputs.AsSpan());
        Tensor[] tensors = spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length]));
        return spec.Forward(tensors, inputs)
            .CrossEntropy([.. Enumerable.Range(0, count).Select(i => examples.Label(0, i))]).Item();
    }

    private sealed class Every(Action action) : IProgress<ZooProgress>
    {
        public void Report(ZooProgress value) => action();
    }
}
