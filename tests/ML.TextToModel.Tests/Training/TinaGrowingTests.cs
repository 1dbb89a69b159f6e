using ML.TextToModel.Datasets;
using ML.TextToModel.Encoders;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class TinaGrowingTests : IDisposable
{
    private static readonly ImageSet s_images = DrawnImages.Draw(perClass: 4, new Rng(7));
    private static readonly TinaTrainingOptions s_options =
        new() { Steps = 2, Tasks = 2, Images = 8, MinClasses = 3, MaxClasses = 4, WarmUp = 0, Rate = 0.03f };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_training_from_a_checkpoint_starts_with_what_it_computes_whatever_its_size()
    {
        TinaGenerator trained = Trained();
        TinaOptions larger = trained.Options.WithWidth(32) with { Layers = 3, Hidden = 40 };
        foreach (TinaOptions? sizes in new[] { null, larger })
        {
            TinaPretraining training = From(trained, sizes);
            Assert.Equal(sizes ?? trained.Options, training.Generator().Options);
            Closeness.AssertClose(Parameters(trained), Parameters(training.Generator()), 1e-4);
        }
    }

    [Fact]
    public void It_counts_steps_on_and_keeps_classes_and_notes()
    {
        TinaGenerator trained = Trained(known: s_images.ClassNames.Take(5).ToArray());
        TinaPretraining training = new(
            null, s_images, Encoder(), null, s_options, known: [.. s_images.ClassNames.Skip(3).Take(4)],
            notes: ["Terms of these."], trained: trained);
        training.Run(cancel: TestContext.Current.CancellationToken);
        TinaCheckpoint checkpoint = training.Generator().Checkpoint;
        Assert.Equal(4, checkpoint.Steps);
        Assert.Equal(s_images.ClassNames.Take(7), checkpoint.Classes.Order(ByPlace()));
        Assert.Equal(training.Classes, checkpoint.Classes);
        Assert.Equal(["Terms of those.", "Terms of these."], checkpoint.Notes);
        Assert.Equal(trained.Space.Mean, training.Generator().Space.Mean);
    }

    [Fact]
    public void Its_fingerprint_is_of_the_checkpoint_too()
    {
        Assert.Equal(From(Trained()).Fingerprint, From(Trained()).Fingerprint);
        Assert.NotEqual(From(Trained()).Fingerprint, From(Trained(seed: 2)).Fingerprint);
    }

    [Fact]
    public void A_checkpoint_that_does_not_fit_is_refused()
    {
        TinaGenerator trained = Trained();
        AssertRefused("The checkpoint was trained with vectors of random, not of others.", trained, Encoder("others"));
        AssertRefused("Its condition length is 6 and cannot become 7.", trained, Encoder(length: 7));
        AssertRefused("with Cosine noise, not Linear.", trained, options: s_options with { Noise = NoiseKind.Linear });
        AssertRefused("Its width is 16, of which 24 is no multiple.", trained, sizes: trained.Options.WithWidth(24));
        AssertRefused("was not read from a checkpoint.", From(trained).Generator());
        AssertRefused(
            "The checkpoint does not have the classes of the images", trained,
            images: new ImageSet(s_images.Images, s_images.Labels, [.. s_images.ClassNames.Reverse()]));
        CnnSpec other = new() { Classes = 4, Channels = [8, 6], Strides = [4, 2] };
        AssertRefused("The zoo holds ", trained, zoo: new ZooSample(other, [([0, 1, 2, 3], other.Initialize(new(1)))]));
    }

    [Fact]
    public void A_start_is_either_a_generic_model_or_a_checkpoint()
    {
        AssertRefused("give one.", null);
        Assert.Contains("give one.", Assert.Throws<ModelInputException>(
            () => new TinaPretraining(Generic(), s_images, Encoder(), trained: Trained())).Message);
    }

    [Fact]
    public void Tasks_of_more_classes_than_the_chunked_layout_takes_are_refused()
    {
        CnnSpec spec = (CnnSpec)Generic().Spec with { Classes = 3 };
        ZooSample zoo = new(spec, [([0, 1, 2], spec.Initialize(new Rng(1)))]);
        TinaOptions sizes = new() { Tokens = TokenLayout.Chunked };
        Assert.Contains("Tasks of 4 classes are too large for a network of 3.", Assert.Throws<ModelInputException>(
            () => new TinaPretraining(Generic(), s_images, Encoder(), sizes, s_options, zoo: zoo)).Message);
    }

    private static void AssertRefused(
        string why, TinaGenerator? trained, ITextEncoder? encoder = null, TinaTrainingOptions? options = null,
        TinaOptions? sizes = null, ImageSet? images = null, ZooSample? zoo = null) => Assert.Contains(
        why, Assert.Throws<ModelInputException>(() => new TinaPretraining(
            null, images ?? s_images, encoder ?? Encoder(), sizes, options ?? s_options, zoo: zoo,
            trained: trained)).Message);

    private static TinaPretraining From(TinaGenerator trained, TinaOptions? sizes = null) =>
        new(null, s_images, Encoder(), sizes, s_options, trained: trained);

    /// <summary>A generator of a checkpoint that has taken two steps.</summary>
    private TinaGenerator Trained(ulong seed = 1, string[]? known = null)
    {
        string path = Path.Combine(_folder, "tina.safetensors");
        TinaOptions sizes = new() { ChunkSize = 120, Width = 16, Layers = 2, Heads = 2, Hidden = 24 };
        TinaPretraining training = new(
            Generic(), s_images, Encoder(), sizes, s_options, seed, known, notes: ["Terms of those."]);
        training.Run(cancel: TestContext.Current.CancellationToken);
        training.WriteCheckpoint(path);
        return TinaGenerator.Load(path, Encoder());
    }

    private static FittedClassifier Generic()
    {
        CnnSpec spec = new() { Classes = s_images.ClassNames.Count, Channels = [8, 8], Strides = [4, 2] };
        return new FittedClassifier(
            spec, spec.Initialize(new Rng(3)), s_images.ClassNames,
            ImagePreprocessing.Fit(s_images.Images, ImageSet.Side * ImageSet.Side));
    }

    private static PrecomputedTextEncoder Encoder(string name = "random", int length = 6)
    {
        float[] vectors = new float[s_images.ClassNames.Count * length];
        new Rng(4).FillNormal(vectors);
        return new PrecomputedTextEncoder(name, s_images.ClassNames, vectors);
    }

    private static float[] Parameters(TinaGenerator generator) => generator.Generate(
        [.. s_images.ClassNames.Take(4).Select(name => new ClassText(name))],
        cancel: TestContext.Current.CancellationToken).Parameters.ToArray();

    private static Comparer<string> ByPlace()
    {
        List<string> places = [.. s_images.ClassNames];
        return Comparer<string>.Create((a, b) => places.IndexOf(a).CompareTo(places.IndexOf(b)));
    }
}
