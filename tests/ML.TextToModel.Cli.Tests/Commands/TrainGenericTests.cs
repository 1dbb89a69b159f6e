using System.Text.Json;
using ML.TextToModel.Cli.Inputs;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Cli.Tests.Commands;

public sealed class TrainGenericTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Model => _folder["model.t2m"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_writes_a_classifier_and_says_how_good_it_is()
    {
        Result result = T2m.Run(DrawnTraining.Arguments(Model, "--json", "--seed", "5"));
        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        JsonElement document = result.Json("train-generic");
        Assert.Equal((4, 8), (document.GetProperty("epochs").GetInt32(), document.GetProperty("steps").GetInt32()));
        Assert.True(document.GetProperty("complete").GetBoolean());
        Assert.Equal(["model.t2m"], _folder.Names);   // the state is gone

        ClassifierCard card = FittedClassifier.Load(Model).Card;
        Assert.Equal(("generic-training", 5UL), (card.Generator, card.Seed));
        Assert.Equal(
            document.GetProperty("accuracy").GetDouble(),
            card.Metrics.Single(metric => metric.Name == "accuracy").Value);
        Assert.Contains("drawn", Assert.Single(card.Notes));
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_and_another_one_another()
    {
        T2m.Run(DrawnTraining.Arguments(Model, "--threads", "1"));
        Assert.Equal(DrawnTraining.Uninterrupted, File.ReadAllBytes(Model));
        T2m.Run(DrawnTraining.Arguments(Model, "--seed", "1"));
        Assert.NotEqual(DrawnTraining.Uninterrupted, File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_residual_network_becomes_a_head_on_a_backbone_that_every_verb_takes()
    {
        Result trained = T2m.Run(DrawnTraining.Arguments(
            Model, epochs: 1, "--network", "resnet20", "--time-budget", "0.01", "--json"));
        Assert.Equal(ExitCodes.Done, trained.Code);
        JsonElement document = trained.Json("train-generic");
        Assert.Equal("linear", document.GetProperty("spec").GetProperty("kind").GetString());
        Assert.Equal(12 * 65 + 268_384, document.GetProperty("parameters").GetInt32());
        Assert.Contains("backbone ResNet-20", T2m.Run("show", Model).Out);
        Assert.Equal(
            "backbone",
            T2m.Run("show", Model, "--json").Json("show").GetProperty("preprocessing").GetProperty("kind").GetString());
        Assert.Equal(ExitCodes.Done, T2m.Run("predict", Model, _folder.Write("a.png", Pictures.Png)).Code);
        Assert.Equal(ExitCodes.Done, T2m.Run("export", Model, "--onnx", _folder["m.onnx"]).Code);

        // A head of other images on the same backbone, in half precision, and a generator of such heads.
        string head = _folder["head.t2m"], generator = _folder["heads.safetensors"], some = _folder["some.t2m"];
        Result onBackbone = T2m.Run(DrawnTraining.Arguments(head, epochs: 1, "--backbone", Model, "--half", "--json"));
        Assert.Equal("", onBackbone.Error);
        Assert.True(new FileInfo(head).Length < 0.6 * new FileInfo(Model).Length);
        string[] training = [.. TinaTests.Trained.Training(head, generator), "--adapter-rank", "2"];
        Assert.Equal(ExitCodes.Done, T2m.Run(training).Code);
        string classes = string.Join(',', DrawnImages.ClassNames.Take(3));
        Assert.Equal(
            ExitCodes.Done, T2m.Run("generate", "--generator", generator, "--classes", classes, "-o", some).Code);
        Assert.Equal(
            FittedClassifier.Load(head).Preprocessing.Parameters.ToArray(),
            FittedClassifier.Load(some).Preprocessing.Parameters.ToArray());
        Assert.Equal(ExitCodes.Done, T2m.Run("eval", some, "drawn").Code);
    }

    [Fact]
    public void Records_of_images_are_made_as_large_as_the_backbone_takes_them()
    {
        string model = _folder["small.t2m"], images = _folder["images.bin"];
        BackboneSpec spec = new(
            "small", 5, 7, new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]), [new MeanStep(0)]);
        new FittedClassifier(
            new LinearSpec { Inputs = 3, Classes = 2 }, [1, 2, 3, 3, 2, 1, 0, 0], ["square", "disc"],
            new BackbonePreprocessing(new Backbone(spec, []))).Save(model);
        File.WriteAllBytes(images, Models.Records(1));
        string[] lines = T2m.Run("predict", model, images).Out.TrimEnd().Split('\n');
        Assert.Equal(1 + DrawnImages.ClassNames.Count, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.EndsWith(",", line));
    }

    [Theory]
    [InlineData("There is no file nowhere.onnx.", "--backbone", "nowhere.onnx")]
    [InlineData("give one of both", "--backbone", "nowhere.onnx", "--network", "resnet20")]
    public void A_backbone_that_cannot_be_used_is_refused(string why, params string[] arguments) =>
        T2m.Run(DrawnTraining.Arguments(Model, epochs: 1, arguments)).AssertRefused(why);

    [Fact]
    public void A_classifier_without_a_backbone_is_none() => T2m.Run(
        DrawnTraining.Arguments(Model, epochs: 1, "--backbone", Models.Images(_folder)))
        .AssertRefused("is a classifier without a backbone.");

    [Fact]
    public void The_figures_are_those_that_eval_finds()
    {
        T2m.Run(DrawnTraining.Arguments(Model));
        _folder.Write("class_names.txt", string.Join('\n', DrawnImages.ClassNames));
        ImageSet images = NamedImages.Find("drawn", ImageSplit.Test, drawnPerClass: 2).Value;
        string test = _folder.Write("test.bin", Models.Records(images));
        JsonElement scores = T2m.Run("eval", Model, test, "--json").Json("eval");
        Assert.Equal(24, scores.GetProperty("rows").GetInt32());
        IReadOnlyList<CardMetric> metrics = FittedClassifier.Load(Model).Card.Metrics;
        Assert.Equal(metrics[0].Value, scores.GetProperty("accuracy").GetDouble());
        Assert.Equal(metrics[1].Value, scores.GetProperty("log_loss").GetDouble());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Stopped_at_any_moment_it_goes_on_to_the_same_bits(int moment)
    {
        string[] arguments = DrawnTraining.Arguments(Model);
        int stops = 0;
        Result result;
        do
        {
            using StoppingClock clock = new(moment + stops);
            result = T2m.Run(clock, clock.Token, arguments);
            if (result.Code != ExitCodes.Stopped) break;
            Assert.Equal("", result.Out);
            Assert.StartsWith("Stopped. ", result.Error);
            Assert.Contains("run the same command again", result.Error);
            Assert.False(File.Exists(Model));
        } while (++stops < 40);
        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.InRange(stops, 1, 39);
        Assert.Equal(DrawnTraining.Uninterrupted, File.ReadAllBytes(Model));
        Assert.Equal(["model.t2m"], _folder.Names);
    }

    [Fact]
    public void A_resumed_training_says_where_it_went_on()
    {
        using StoppingClock clock = new(8);
        Assert.Equal(ExitCodes.Stopped, T2m.Run(clock, clock.Token, DrawnTraining.Arguments(Model)).Code);
        JsonElement document = T2m.Run(DrawnTraining.Arguments(Model, "--json")).Json("train-generic");
        Assert.InRange(document.GetProperty("resumed_at").GetInt32(), 1, DrawnTraining.Steps);
    }

    [Fact]
    public void With_json_a_stopped_training_prints_a_document_all_the_same()
    {
        using StoppingClock clock = new(8);
        JsonElement error = T2m.Run(clock, clock.Token, DrawnTraining.Arguments(Model, "--json")).Json("error");
        Assert.Equal(ExitCodes.Stopped, error.GetProperty("exit_code").GetInt32());
        Assert.Contains("run the same command again to go on", error.GetProperty("error").GetString());
    }

    [Fact]
    public void The_state_of_another_training_is_neither_used_nor_lost()
    {
        using StoppingClock clock = new(8);
        T2m.Run(clock, clock.Token, DrawnTraining.Arguments(Model));
        byte[] state = File.ReadAllBytes($"{Model}.state");
        T2m.Run(DrawnTraining.Arguments(Model, "--seed", "1")).AssertRefused("keeps the state of another training");
        T2m.Run(DrawnTraining.Arguments(Model, "--rate", "0.1")).AssertRefused("keeps the state of another training");
        Assert.Equal(state, File.ReadAllBytes($"{Model}.state"));
        Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(Model, "--seed", "1", "--restart")).Code);
        Assert.Equal(["model.t2m"], _folder.Names);
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        _folder.Write("model.t2m.state", "no state");
        T2m.Run(DrawnTraining.Arguments(Model)).AssertRefused("model.t2m.state is damaged; delete it to start anew.");
    }

    [Fact]
    public void When_its_time_is_spent_it_writes_what_there_is_and_can_go_on()
    {
        Result result = T2m.Run(DrawnTraining.Arguments(Model, "--json", "--time-budget", "1e-3"));
        JsonElement document = result.Json("train-generic");
        Assert.False(document.GetProperty("complete").GetBoolean());
        Assert.Contains(
            "The time budget ended the training at step 0 of 8", document.GetProperty("warnings")[0].GetString());
        Assert.StartsWith("note: The time budget ended", result.Error);
        Assert.Equal(["model.t2m", "model.t2m.state"], _folder.Names);
        Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(Model)).Code);
        Assert.Equal(DrawnTraining.Uninterrupted, File.ReadAllBytes(Model));
    }

    [Fact]
    public void A_recipe_gives_settings_and_the_command_line_overrides_them()
    {
        string recipe = _folder.Write("recipe.json", """
            {
                "dataset": "drawn", "per_class": 2, "batch_size": 12, "epochs": 99, "optimizer": "sgd",
                "channels": [4], "strides": [4]
            }
            """);
        Result result = T2m.Run("train", "generic", "--recipe", recipe, "--epochs", "1", "-o", Model, "--json");
        JsonElement document = result.Json("train-generic");
        Assert.Equal((1, 2), (document.GetProperty("epochs").GetInt32(), document.GetProperty("steps").GetInt32()));
        Assert.Equal("[4]", document.GetProperty("spec").GetProperty("channels").GetRawText());
    }

    [Theory]
    [InlineData("""{"epoch": 1}""",
        "has the setting 'epoch', which does not exist. Did you mean 'epochs'? There are dataset, per_class, seed,")]
    [InlineData("""{"epochs": "many"}""", "cannot be read")]
    [InlineData("""{"epochs": 1""", "cannot be read")]
    [InlineData("[1]", "is no JSON object")]
    [InlineData("""{"dataset": "drawn", "epochs": 0, "rate": -1}""",
        "This training cannot start. Epochs is 0; it is from 1. Rate is -1; it is above 0.")]
    [InlineData("""{"dataset": "drawn", "per_class": 0}""", "per_class is 0; it is from 1.")]
    [InlineData("""{"dataset": "drawn", "channels": [4]}""", "2 strides do not fit 1 convolutions.")]
    [InlineData("""{"dataset": "dawn"}""", "'dawn' is no known data set. Did you mean 'drawn'?")]
    public void A_wrong_recipe_is_refused(string json, string message) =>
        T2m.Run("train", "generic", "--recipe", _folder.Write("recipe.json", json), "-o", Model).AssertRefused(message);

    [Fact]
    public void Files_that_cannot_be_written_or_read_are_found_before_the_work()
    {
        T2m.Run("train", "generic", "--recipe", _folder["no.json"])
            .AssertRefused($"There is no recipe {_folder["no.json"]}.");
        T2m.Run(DrawnTraining.Arguments(_folder["no/model.t2m"])).AssertRefused("does not exist; create it first.");
        T2m.Run(DrawnTraining.Arguments(_folder.ToString())).AssertRefused("is a folder; name a file in it.");
        T2m.Run(DrawnTraining.Arguments("/dev/null")).AssertRefused("is a device; name a regular file.");
    }

    [Fact]
    public void A_training_that_diverges_is_refused_and_leaves_nothing()
    {
        T2m.Run(DrawnTraining.Arguments(Model, "--rate", "1e30")).AssertRefused("The training diverged: at step");
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void People_read_what_was_done_and_what_to_do_next()
    {
        Result result = T2m.Run(DrawnTraining.Arguments(Model));
        Assert.Contains($"next      t2m eval {Model} drawn", result.Out);
        Assert.Contains("8 steps", result.Out);
        Assert.Equal(new Result(ExitCodes.Done, "", ""), T2m.Run(DrawnTraining.Arguments(Model, "--quiet")));
    }
}
