using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

/// <summary>Trainings with image prompts, and with classes held out.</summary>
public sealed class TinaPromptTests : IDisposable
{
    private static readonly ImageSet s_images = DrawnImages.Draw(perClass: 6, new Rng(7));

    // Four features of small images.
    private static readonly Backbone s_backbone =
        ((BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing).Backbone!;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_checkpoint_takes_images_texts_and_both()
    {
        TinaGenerator generator = Trained(new(), s_backbone);
        Assert.True(generator.TakesImages);
        ClassPrompt[] texts = [.. Names(3).Select(name => new ClassPrompt(name) { Text = name })];
        ClassPrompt[] images = [.. Names(3).Select((name, c) => new ClassPrompt(name) { Images = Images(c, 2) })];
        ClassPrompt[] both = [.. images.Select(prompt => prompt with { Text = prompt.Name })];
        float[] ofTexts = Parameters(texts), ofImages = Parameters(images), ofBoth = Parameters(both);
        Assert.Equal(ofTexts, generator.Generate([.. Names(3).Select(n => new ClassText(n))], null, Cancel)
            .Parameters.ToArray());
        Assert.NotEqual(ofTexts, ofImages);
        Assert.NotEqual(ofTexts, ofBoth);
        Assert.NotEqual(ofImages, ofBoth);
        FittedClassifier classifier = generator.Generate(images, null, Cancel);
        Assert.StartsWith(
            $"'{s_images.ClassNames[0]}' is known by 2 images alone; nearest to them are ", classifier.Card.Notes[0]);
        Assert.Equal(
            2, classifier.Card.Requirement!.Value.GetProperty("classes")[1].GetProperty("images").GetInt32());

        float[] Parameters(ClassPrompt[] prompts) => generator.Generate(prompts, null, Cancel).Parameters.ToArray();
    }

    [Fact]
    public void Another_order_of_prompts_permutes_the_weights_to_the_bit()
    {
        TinaGenerator generator = Trained(new(), s_backbone);
        ClassPrompt[] prompts = [.. Names(2).Select((name, c) => new ClassPrompt(name) { Images = Images(c, 1) })];
        ParameterSlot bias = (s_generic.Spec with { Classes = 2 }).Layout["head.bias"];
        float[] one = bias.Of(generator.Generate(prompts, null, Cancel).Parameters).ToArray();
        float[] other = bias.Of(generator.Generate([prompts[1], prompts[0]], null, Cancel).Parameters).ToArray();
        Assert.Equal([one[1], one[0]], other);
    }

    [Fact]
    public void Prompts_that_cannot_be_served_are_refused()
    {
        TinaGenerator generator = Trained(new(), null);
        Assert.Contains("The class 'a' has neither a text nor an image.", Assert.Throws<ModelInputException>(
            () => generator.Generate(
                [new ClassPrompt("a"), new ClassPrompt("b") { Text = "b" }], cancel: Cancel)).Message);
        Assert.Contains("This generator was trained without image prompts.", Assert.Throws<ModelInputException>(
            () => generator.Generate(
                [.. Names(2).Select((n, c) => new ClassPrompt(n) { Images = Images(c, 1) })], cancel: Cancel))
            .Message);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_training_that_was_stopped_ends_with_the_bits_of_one_that_was_not(bool heldOut)
    {
        TinaTrainingOptions options = heldOut ? new() { HoldOut = 0.5f, ConditionNoise = 1, Ridge = 1 } : new();
        string whole = Path.Combine(_folder, "whole"), half = Path.Combine(_folder, "half");
        TinaPretraining uninterrupted = Prepare(options, heldOut ? null : s_backbone);
        uninterrupted.Run(new TrainingRun(), null, Cancel);
        uninterrupted.WriteCheckpoint(whole);
        TrainingRun kept = new() { StatePath = Path.Combine(_folder, "state"), SaveEvery = TimeSpan.Zero };
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(() => Prepare(options, heldOut ? null : s_backbone).Run(
            kept, new Stopper(stop), stop.Token));
        TinaPretraining resumed = Prepare(options, heldOut ? null : s_backbone);
        Assert.Equal(2, resumed.Run(kept, null, Cancel).ResumedAt);
        resumed.WriteCheckpoint(half);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(half));
    }

    [Fact]
    public void Classes_are_not_held_out_from_prompts_of_other_kinds() => Assert.Contains(
        "Classes are held out only where training starts from a generic model and their names.",
        Assert.Throws<ModelInputException>(() => Prepare(new() { HoldOut = 1 }, s_backbone)).Message);

    private static readonly FittedClassifier s_generic = new(
        new CnnSpec { Classes = s_images.ClassNames.Count },
        new CnnSpec { Classes = s_images.ClassNames.Count }.Initialize(new Rng(1)), s_images.ClassNames,
        ImagePreprocessing.Fit(s_images.Images, ImageSet.Side * ImageSet.Side));

    private static IEnumerable<string> Names(int count) => s_images.ClassNames.Take(count);

    private static RgbImage[] Images(int c, int count) =>
    [
        .. Enumerable.Range(0, s_images.Count).Where(i => s_images.Labels[i] == c).Take(count)
            .Select(i => RgbImage.OfPlanes(ImageSet.Side, ImageSet.Side, s_images.Image(i))),
    ];

    private TinaGenerator Trained(TinaTrainingOptions options, Backbone? backbone)
    {
        string path = Path.Combine(_folder, "tina.safetensors");
        TinaPretraining training = Prepare(options, backbone);
        training.Run(null, null, Cancel);
        training.WriteCheckpoint(path);
        return TinaGenerator.Load(path, Encoder());
    }

    private static TinaPretraining Prepare(TinaTrainingOptions options, Backbone? backbone) => new(
        s_generic, s_images, Encoder(),
        new TinaOptions { Width = 32, Heads = 2, Layers = 1, Hidden = 32, BaseHidden = 32 },
        options with { Steps = 4, Tasks = 4, Images = 8, MinClasses = 2, MaxClasses = 3 }, seed: 4, backbone: backbone);

    private static PrecomputedTextEncoder Encoder()
    {
        float[] vectors = new float[s_images.ClassNames.Count * 24];
        new Rng(1).FillNormal(vectors);
        return new PrecomputedTextEncoder("random", s_images.ClassNames, vectors);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == 2) stop.Cancel();
        }
    }
}
