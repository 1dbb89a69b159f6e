using System.Text.Json;
using ML.TextToModel.Cli.Tests.Support;
using ML.TextToModel.Datasets;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Cli.Tests.Commands;

/// <summary>Example images in folders in place of class texts, drawn ones.</summary>
public sealed class ImagePromptTests : IClassFixture<ImagePromptTests.Trained>, IDisposable
{
    private static readonly IReadOnlyList<string> s_classes = DrawnImages.ClassNames;

    private readonly TempFolder _folder = new();
    private readonly Trained _trained;

    public ImagePromptTests(Trained trained) => _trained = trained;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_of_images_become_a_classifier_of_their_names()
    {
        string model = _folder["m.t2m"];
        JsonElement made = Generate("--images", Examples(3), "-o", model, "--json").Json("generate");
        Assert.Equal((0, "tina"), (made.GetProperty("rows").GetInt32(), made.GetProperty("generator").GetString()));
        Assert.Equal(s_classes.Take(3).Order(StringComparer.Ordinal), FittedClassifier.Load(model).Classes);
        Assert.Contains(
            " is known by 2 images alone; nearest to them are ", made.GetProperty("warnings")[0].GetString());
        T2m.Run("show", model, "--json").Json("show");
    }

    [Fact]
    public void Images_count_beside_the_names_of_their_classes()
    {
        string both = _folder["both.t2m"], texts = _folder["texts.t2m"], one = _folder["one.t2m"];
        string names = string.Join(',', s_classes.Take(3)), images = Examples(2);
        Assert.Equal(ExitCodes.Done, Generate("--classes", names, "-o", texts).Code);
        Assert.Equal(ExitCodes.Done, Generate("--classes", names, "--images", images, "-o", both).Code);
        Assert.Equal(ExitCodes.Done, Generate(
            "--classes", names, "--images", images, "--images-per-class", "1", "-o", one).Code);
        FittedClassifier classifier = FittedClassifier.Load(both);
        Assert.Equal(s_classes.Take(3), classifier.Classes);
        Assert.NotEqual(FittedClassifier.Load(texts).Parameters.ToArray(), classifier.Parameters.ToArray());
        Assert.NotEqual(FittedClassifier.Load(one).Parameters.ToArray(), classifier.Parameters.ToArray());
        JsonElement classes = classifier.Card.Requirement!.Value.GetProperty("classes");
        Assert.Equal(2, classes[0].GetProperty("images").GetInt32());
        Assert.False(classes[2].TryGetProperty("images", out _));   // of which there is no folder
    }

    [Fact]
    public void An_image_that_cannot_be_read_is_left_out_and_remarked_on()
    {
        string images = Examples(2);
        File.WriteAllText(Path.Combine(images, s_classes[0], "0.png"), "no image");
        Result result = Generate("--images", images, "-o", _folder["m.t2m"]);
        Assert.Equal(ExitCodes.Done, result.Code);
        Assert.Contains("0.png was left out: ", result.Error);
        File.WriteAllText(Path.Combine(images, s_classes[0], "1.png"), "no image");
        Result refused = Generate("--images", images, "-o", _folder["m.t2m"]);
        Assert.Equal(ExitCodes.InputWrong, refused.Code);
        Assert.Contains($"the folder '{s_classes[0]}' has no good image.", refused.Error);
    }

    [Fact]
    public void Folders_that_do_not_fit_are_refused()
    {
        string images = Examples(2), other = string.Join(',', s_classes.Skip(1).Take(2));
        Generate("--classes", other, "--images", images, "-o", _folder["m.t2m"])
            .AssertRefused($"has a folder '{s_classes[0]}', which is none of the classes.");
        Generate("--images", Path.Combine(images, s_classes[0]), "-o", _folder["m.t2m"])
            .AssertRefused("the images lie in no folders, whose names would be their classes.");
        Generate("--data", "a.csv", "--images", images, "-o", _folder["m.t2m"])
            .AssertRefused("--data and --images do not go together");
    }

    [Fact]
    public void A_backbone_comes_from_a_classifier_that_has_one() => Assert.EndsWith(
        "is no classifier on a backbone.",
        T2m.Run([.. TinaTests.Trained.Training(_trained.Generic, _folder["t"]), "--backbone", _trained.Generic])
            .Json("error").GetProperty("error").GetString());

    /// <summary>Two images each of the first classes.</summary>
    private string Examples(int classes)
    {
        ImageSet images = DrawnImages.Draw(perClass: 2, new Rng(5));
        for (int c = 0; c < classes; c++)
        {
            int[] own = [.. Enumerable.Range(0, images.Count).Where(i => images.Labels[i] == c)];
            Directory.CreateDirectory(Path.Combine(_folder["images"], s_classes[c]));
            for (int i = 0; i < own.Length; i++)
                File.WriteAllBytes(
                    Path.Combine(_folder["images"], s_classes[c], $"{i}.png"),
                    Pictures.OfPlanes(ImageSet.Side, ImageSet.Side, images.Image(own[i])));
        }
        return _folder["images"];
    }

    private Result Generate(params string[] arguments) =>
        T2m.Run(["generate", "--generator", _trained.Checkpoint, .. arguments]);

    /// <summary>A generator that takes images, after four steps.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly TempFolder _folder = new();

        public Trained()
        {
            Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(Generic)).Code);
            string residual = _folder["residual.t2m"];
            Assert.Equal(ExitCodes.Done, T2m.Run(DrawnTraining.Arguments(
                residual, epochs: 1, "--network", "resnet20", "--time-budget", "0.01")).Code);
            Assert.Equal(ExitCodes.Done, T2m.Run(
                [.. TinaTests.Trained.Training(Generic, Checkpoint), "--backbone", residual]).Code);
        }

        public string Generic => _folder["generic.t2m"];

        public string Checkpoint => _folder["tina.safetensors"];

        public void Dispose() => _folder.Dispose();
    }
}
