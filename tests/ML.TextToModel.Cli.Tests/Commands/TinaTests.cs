using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>From a generic model over a zoo and a training to a classifier of images, on drawn ones.</summary>
public sealed class TinaTests : IClassFixture<TinaTests.Trained>, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Trained _trained;

    public TinaTests(Trained trained) => _trained = trained;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_writes_a_checkpoint_and_a_log()
    {
        Assert.Equal(4, _trained.Document.GetProperty("steps").GetInt32());
        Assert.Equal(JsonValueKind.Null, _trained.Document.GetProperty("accuracy_of_unseen").ValueKind);
        string[] log = File.ReadAllLines(_trained.Checkpoint + ".log.csv");
        Assert.Equal("step,seconds,loss,accuracy,accuracy of unseen classes", log[0]);
        Assert.StartsWith("4,", log[^1]);
        Assert.Equal(log, log.DistinctBy(line => line.Split(',')[0]));   // no step twice
        Assert.False(File.Exists(_trained.Checkpoint + ".state"));
    }

    [Fact]
    public void Class_names_become_a_classifier_that_predicts_images()
    {
        string[] classes = [.. DrawnImages.ClassNames.Take(3)];
        string model = _folder["m.t2m"], images = _folder["images.bin"];
        JsonElement made = Generate("--classes", string.Join(',', classes), "-o", model, "--json").Json("generate");
        Assert.Equal((0, "tina"), (made.GetProperty("rows").GetInt32(), made.GetProperty("generator").GetString()));
        Assert.Equal(classes, FittedClassifier.Load(model).Classes);
        File.WriteAllBytes(images, Models.Records(1));
        string[] lines = T2m.Run("predict", model, images).Out.TrimEnd().Split('\n');
        Assert.Equal(1 + DrawnImages.ClassNames.Count, lines.Length);
        T2m.Run("show", model, "--json").Json("show");
    }

    [Fact]
    public void A_file_may_describe_classes_and_one_that_was_not_learned_is_remarked_on()
    {
        string file = _folder.Write(
            "classes.txt", $"{DrawnImages.ClassNames[0]}\n\nzeppelin\tan airship like a long balloon\n");
        string model = _folder["m.t2m"];
        Result result = Generate("--classes-file", file, "-o", model);
        Assert.Contains("'zeppelin' is known by its description alone; nearest to that are ", result.Error);
        Assert.Equal([DrawnImages.ClassNames[0], "zeppelin"], FittedClassifier.Load(model).Classes);
    }

    [Theory]
    [InlineData("Say what to make a classifier of")]
    [InlineData("--data and --images do not go together", "--data", "a.csv", "--images", "folder")]
    [InlineData("Name at least two classes.", "--classes", "bear")]
    [InlineData("The class 'bear' is named twice.", "--classes", "bear,bear")]
    [InlineData("There is no file nowhere.txt.", "--classes-file", "nowhere.txt")]
    public void What_no_classifier_can_be_made_of_is_refused(string why, params string[] arguments) =>
        Generate(["-o", _folder["m.t2m"], .. arguments]).AssertRefused(why);

    [Fact]
    public void A_zoo_is_built_and_a_training_learns_from_it_too()
    {
        string zoo = _folder["zoo"];
        JsonElement built = T2m.Run(
            "zoo", "build", "--generic", _trained.Generic, "--dataset", "drawn", "--tasks", "3", "--classes", "4",
            "--together", "2", "--epochs", "1", "-o", zoo, "--json").Json("zoo-build");
        Assert.Equal((3, 2), (built.GetProperty("p_models").GetInt32(), built.GetProperty("files").GetInt32()));
        foreach ((string tokens, int classes) in new[] { ("classrow", 10), ("chunked", 4) })
        {
            string checkpoint = _folder[$"{tokens}.safetensors"];
            JsonElement trained = T2m.Run(
            [
                .. Trained.Training(_trained.Generic, checkpoint), "--objective", "joint", "--zoo", zoo,
                "--tokens", tokens,
            ]).Json("train-tina");
            Assert.Equal(classes, trained.GetProperty("classes_of_task").GetInt32());
            Assert.Equal(ExitCodes.Done, T2m.Run(
                "generate", "--generator", checkpoint, "--classes", string.Join(',', DrawnImages.ClassNames.Take(3)),
                "--sampling-steps", "4", "-o", _folder["m.t2m"]).Code);
        }
    }

    [Fact]
    public void The_objective_of_a_zoo_needs_one() => Assert.Contains(
        "The objective Diffusion needs a zoo.",
        T2m.Run([.. Trained.Training(_trained.Generic, _folder["t.safetensors"]), "--objective", "diffusion"]).Error);

    [Fact]
    public void A_training_goes_on_from_a_checkpoint_which_grows()
    {
        string larger = _folder["larger.safetensors"];
        JsonElement same = GoOn(_folder["same.safetensors"], "--json").Json("train-tina");
        Assert.Equal(_trained.Document.GetProperty("parameters").GetInt64(), same.GetProperty("parameters").GetInt64());
        JsonElement grown =
            GoOn(larger, "--width", "64", "--layers", "2", "--hidden", "40", "--json").Json("train-tina");
        Assert.True(grown.GetProperty("parameters").GetInt64() > 2 * same.GetProperty("parameters").GetInt64());
        // A step of so low a rate changes nothing: growth itself is to be seen.
        float[] before = Parameters(_trained.Checkpoint), after = Parameters(larger);
        for (int i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 5e-3);
    }

    [Theory]
    [InlineData("Its width is 32, of which 48 is no multiple.", "--width", "48")]
    [InlineData("It has 32 hidden channels, more than 16.", "--hidden", "16")]
    [InlineData("--tokens and --from do not go together", "--tokens", "chunked")]
    [InlineData("--ridge and --from do not go together", "--ridge", "1")]
    [InlineData("--generic and --from do not go together", "--generic", "g.t2m")]
    public void What_a_checkpoint_cannot_become_is_refused(string why, params string[] arguments) =>
        GoOn(_folder["t.safetensors"], arguments).AssertRefused(why);

    [Fact]
    public void A_training_without_a_start_is_refused() => T2m.Run("train", "tina", "--dataset", "drawn")
        .AssertRefused("Say where to start: --generic F, or --from F to go on from a checkpoint.");

    private Result GoOn(string checkpoint, params string[] arguments) => T2m.Run(
    [
        "train", "tina", "--from", _trained.Checkpoint, "--dataset", "drawn", "--steps", "1", "--tasks", "2",
        "--images", "8", "--min-classes", "3", "--max-classes", "5", "--rate", "1e-12", "-o", checkpoint,
        .. arguments,
    ]);

    private float[] Parameters(string checkpoint)
    {
        string model = _folder["parameters.t2m"];
        string classes = string.Join(',', DrawnImages.ClassNames.Take(3));
        Assert.Equal(
            ExitCodes.Done,
            T2m.Run("generate", "--generator", checkpoint, "--classes", classes, "-o", model).Code);
        return FittedClassifier.Load(model).Parameters.ToArray();
    }

    private Result Generate(params string[] arguments) =>
        T2m.Run(["generate", "--generator", _trained.Checkpoint, .. arguments]);

    /// <summary>A generator after four steps, which is little more than the regression that it starts from.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Trained()
        {
            Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(Generic)).Code);
            Document = T2m.Run([.. Training(Generic, Checkpoint)]).Json("train-tina");
        }

        public string Generic => _folder["generic.t2m"];

        public string Checkpoint => _folder["tina.safetensors"];

        public JsonElement Document { get; }

        public static IEnumerable<string> Training(string generic, string checkpoint) =>
        [
            "train", "tina", "--generic", generic, "--dataset", "drawn", "--steps", "4", "--tasks", "2", "--images",
            "8", "--min-classes", "3", "--max-classes", "5", "--width", "32", "--layers", "1", "--hidden", "32",
            "-o", checkpoint, "--json",
        ];

        public void Dispose() => _folder.Dispose();
    }
}
