using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Evaluation;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class TinaPretrainingTests : IDisposable
{
    private static readonly Lazy<ImageSet> s_images = new(() => DrawnImages.Draw(perClass: 8, new Rng(7)));

    private static readonly Lazy<FittedClassifier> s_generic = new(() =>
    {
        GenericTraining training = new(s_images.Value, new TrainingOptions { Epochs = 6, BatchSize = 16 });
        training.Run();
        return training.Classifier();
    });

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void At_the_start_known_classes_have_the_rows_of_the_generic_model()
    {
        TinaPretraining training = Prepare(new() { Ridge = 1e-4 });
        FittedClassifier generated =
            training.Generator().Generate([.. s_images.Value.ClassNames.Select(n => new ClassText(n))], null, Cancel);
        ImageExamples images = new(s_images.Value, null, (ImagePreprocessing)generated.Preprocessing);
        double own = Accuracy.Of(s_generic.Value.Spec, s_generic.Value.Parameters, images, 0, Cancel);
        Assert.Equal(own, Accuracy.Of(generated.Spec, generated.Parameters, images, 0, Cancel), 0.03);
    }

    [Fact]
    public void A_training_that_was_stopped_ends_with_the_bits_of_one_that_was_not()
    {
        string whole = Path.Combine(_folder, "whole"), half = Path.Combine(_folder, "half");
        TinaPretraining uninterrupted = Prepare(new());
        uninterrupted.Run(new TrainingRun(), null, Cancel);
        uninterrupted.WriteCheckpoint(whole);

        TrainingRun kept = new() { StatePath = Path.Combine(_folder, "state"), SaveEvery = TimeSpan.Zero };
        using CancellationTokenSource stop = new();
        Assert.Throws<OperationCanceledException>(
            () => Prepare(new()).Run(kept, new Stopper(stop, afterStep: 3), stop.Token));
        TinaPretraining resumed = Prepare(new());
        Assert.Equal(3, resumed.Run(kept, null, Cancel).ResumedAt);
        resumed.WriteCheckpoint(half);
        Assert.Equal(File.ReadAllBytes(whole), File.ReadAllBytes(half));
    }

    [Fact]
    public void A_checkpoint_names_the_classes_that_were_learned()
    {
        string path = Path.Combine(_folder, "tina.safetensors");
        string[] known = [.. s_images.Value.ClassNames.Skip(2)];
        TinaPretraining training = Prepare(new(), known);
        training.Run(null, null, Cancel);
        training.WriteCheckpoint(path);
        TinaGenerator generator = TinaGenerator.Load(path, Encoder());
        Assert.Equal(known, generator.Classes);
        FittedClassifier classifier =
            generator.Generate([known[0], s_images.Value.ClassNames[0]], null, Cancel);
        Assert.StartsWith($"'{s_images.Value.ClassNames[0]}' was not among the classes", classifier.Card.Notes[0]);
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        Assert.Contains("The images have no class 'unicorn'.", Assert.Throws<ModelInputException>(
            () => Prepare(new(), ["unicorn", s_images.Value.ClassNames[0], s_images.Value.ClassNames[1]])).Message);
        Assert.Contains("The chunked layout starts from the mean of a zoo", Assert.Throws<ModelInputException>(
            () => new TinaPretraining(
                s_generic.Value, s_images.Value, Encoder(), new() { Tokens = TokenLayout.Chunked })).Message);
        ZooSample other = new(new CnnSpec { Classes = 3, Channels = [4, 4] }, []);
        Assert.Contains("not p-models like", Assert.Throws<ModelInputException>(
            () => new TinaPretraining(s_generic.Value, s_images.Value, Encoder(), zoo: other)).Message);
    }

    [Fact]
    public void A_head_is_generated_with_its_backbone_inside()
    {
        string path = Path.Combine(_folder, "heads.safetensors"), model = Path.Combine(_folder, "head.t2m");
        FittedClassifier head = Head();
        TinaPretraining training = PrepareHeads(head, new() { Ridge = 1e-4 });
        FittedClassifier before = training.Generator().Generate(
            [.. s_images.Value.ClassNames.Select(name => new ClassText(name))], null, Cancel);
        Closeness.AssertClose(head.Parameters.ToArray(), before.Parameters.ToArray(), 0.05, "rows");

        training.Run(null, null, Cancel);
        training.WriteCheckpoint(path);
        FittedClassifier made = TinaGenerator.Load(path, Encoder())
            .Generate([s_images.Value.ClassNames[3], s_images.Value.ClassNames[0]], null, Cancel);
        made.Save(model);
        FittedClassifier read = FittedClassifier.Load(model);
        Assert.Equal(
            head.InHalfPrecision().Preprocessing.Parameters.ToArray(), read.Preprocessing.Parameters.ToArray());
        float[] probabilities = new float[2], expected = new float[2], row = new float[read.RowLength];
        new Rng(2).FillUniform(row, 0, 255);
        read.Predict(row, probabilities);
        made.Predict(row, expected);
        Assert.Equal(expected, probabilities);
        Assert.NotEqual(0.5f, probabilities[0]);
    }

    [Fact]
    public void An_adapter_is_multiplied_into_the_head_that_is_generated()
    {
        string path = Path.Combine(_folder, "adapted.safetensors");
        FittedClassifier head = Head();
        TinaPretraining training = PrepareHeads(head, new() { Ridge = 1e-4, Rate = 1e-2f, WarmUp = 0 }, rank: 2);
        ClassText[] classes = [.. s_images.Value.ClassNames.Select(name => new ClassText(name))];
        FittedClassifier before = training.Generator().Generate(classes, null, Cancel);
        Assert.Equal(head.Spec, before.Spec);
        Closeness.AssertClose(head.Parameters.ToArray(), before.Parameters.ToArray(), 0.05, "rows");

        training.Run(null, null, Cancel);
        training.WriteCheckpoint(path);
        TinaGenerator generator = TinaGenerator.Load(path, Encoder());
        Assert.Equal(2, generator.Options.AdapterRank);
        FittedClassifier made = generator.Generate(classes, null, Cancel);
        Assert.Equal(head.Spec, made.Spec);
        Tensor up = generator.Network.Parameters["chunk_decoder.bias"];   // trained away from zero
        Assert.Contains(up.ToArray(), value => value != 0);
        FittedClassifier turned = generator.Generate([.. classes.Reverse()], null, Cancel);
        Assert.Equal(
            made.Spec.Layout["head.bias"].Of(made.Parameters).ToArray(),
            turned.Spec.Layout["head.bias"].Of(turned.Parameters).ToArray().Reverse());
        Assert.Contains("Its rank of adapters is 2 and cannot become 3.", Assert.Throws<ModelInputException>(
            () => TinaGrowth.Grow(generator.Network, generator.Options with { AdapterRank = 3 }, new Rng(1))).Message);
    }

    [Fact]
    public void An_adapter_goes_with_heads_alone() => Assert.Contains(
        "An adapter goes with linear heads, not with", Assert.Throws<ModelInputException>(
            () => new TinaPretraining(
                s_generic.Value, s_images.Value, Encoder(), new TinaOptions { AdapterRank = 2 })).Message);

    [Fact]
    public void A_training_of_heads_learns_from_features()
    {
        TinaPretraining training = PrepareHeads(
            Head(ShippedResNet20.Backbone), new() { Rate = 3e-3f, Unit = 20, WarmUp = 5 }, steps: 80);
        List<float> losses = [];
        training.Run(null, new Losses(losses), Cancel);
        Assert.True(losses.TakeLast(20).Average() < 0.9 * losses.Take(20).Average());
    }

    [Fact]
    public void A_checkpoint_without_the_weights_of_its_backbone_is_refused()
    {
        string path = Path.Combine(_folder, "heads.safetensors");
        PrepareHeads(Head(), new()).WriteCheckpoint(path);
        byte[] file = File.ReadAllBytes(path);
        int place = file.AsSpan().IndexOf("backbone.0.weight"u8);
        file[place] = (byte)'X';
        File.WriteAllBytes(path, file);
        Assert.Contains("backbone.0.weight", Assert.Throws<ModelInputException>(
            () => TinaGenerator.Load(path, Encoder())).Message);
    }

    private static FittedClassifier Head(Backbone? backbone = null)
    {
        backbone ??= ((BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing).Backbone!;
        GenericTraining training = new(s_images.Value, backbone, new() { Epochs = 2, BatchSize = 16 }, cancel: Cancel);
        training.Run(null, null, Cancel);
        return training.Classifier();
    }

    private static TinaPretraining PrepareHeads(
        FittedClassifier head, TinaTrainingOptions options, int steps = 6, int rank = 0) => new(
        head, s_images.Value, Encoder(),
        new TinaOptions { Width = 32, Heads = 2, Layers = 1, Hidden = 32, BaseHidden = 32, AdapterRank = rank },
        options with { Steps = steps, Tasks = 2, Images = 8, MinClasses = 2, MaxClasses = 3 }, seed: 4,
        cancel: Cancel);

    private static TinaPretraining Prepare(TinaTrainingOptions options, string[]? known = null) => new(
        s_generic.Value, s_images.Value, Encoder(),
        new TinaOptions { Width = 32, Heads = 2, Layers = 1, Hidden = 32, BaseHidden = 32 },
        options with { Steps = 6, Tasks = 2, Images = 8, MinClasses = 2, MaxClasses = 3 }, seed: 4, known);

    private static PrecomputedTextEncoder Encoder()
    {
        IReadOnlyList<string> names = s_images.Value.ClassNames;
        float[] vectors = new float[names.Count * 24];
        new Rng(1).FillNormal(vectors);
        return new PrecomputedTextEncoder("random", names, vectors);
    }

    private sealed class Losses(List<float> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }

    private sealed class Stopper(CancellationTokenSource stop, int afterStep) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == afterStep) stop.Cancel();
        }
    }
}
