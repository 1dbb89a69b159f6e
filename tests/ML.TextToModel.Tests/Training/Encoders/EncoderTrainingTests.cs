using ML.TextToModel.Encoders;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class EncoderTrainingTests
{
    [Fact]
    public void Training_brings_things_of_a_kind_together()
    {
        EncoderTraining training = Start();
        float[] losses = Advance(training, training.TotalSteps);
        Assert.True(losses[^10..].Average() < 0.85 * losses[..10].Average(), $"{losses[0]} to {losses[^1]}");
        WordTextEncoder encoder = training.Encoder;
        Assert.True(Cosine(encoder, "hound", "dog") > Cosine(encoder, "hound", "lorry") + 0.3);
        Assert.True(Cosine(encoder, "bicycle", "car") > Cosine(encoder, "bicycle", "cat") + 0.3);
    }

    [Fact]
    public void A_training_resumed_from_its_state_ends_with_the_same_bits()
    {
        using TemporaryFile file = T2mFiles.Temporary("state.safetensors");
        EncoderTraining whole = Start();
        float[] losses = Advance(whole, 12);
        EncoderTraining first = Start();
        Advance(first, 5);
        TrainingState.Save(file.Path, first, "tiny");
        EncoderTraining second = Start();
        Assert.True(TrainingState.TryResume(file.Path, second, "tiny"));
        Assert.Equal(5, second.Step);
        Assert.Equal(losses[5..], Advance(second, 7));
        Assert.Equal(Bytes(whole), Bytes(second));
    }

    [Fact]
    public void The_seed_decides_and_the_number_of_threads_does_not()
    {
        byte[] Trained(int threads, ulong seed) => EngineSettings.WithThreads(threads, () =>
        {
            EncoderTraining training = Start(seed);
            Advance(training, 4);
            return Bytes(training);
        });
        Assert.Equal(Trained(1, 3), Trained(3, 3));
        Assert.NotEqual(Trained(1, 3), Trained(1, 4));
    }

    [Fact]
    public void Held_out_definitions_do_not_enter()
    {
        WordTextEncoder encoder = Start().Encoder;
        Assert.True(encoder.Knows("zebra"));      // its name is known,
        Assert.False(encoder.Knows("savanna"));   // its definition is not
        Assert.True(encoder.Knows("pedals"));
    }

    [Fact]
    public void The_checkpoint_is_the_encoder_in_half_precision()
    {
        using TemporaryFile file = T2mFiles.Temporary("encoder.safetensors");
        EncoderTraining training = Start();
        Advance(training, 3);
        training.WriteCheckpoint(file.Path);
        WordTextEncoder read = WordTextEncoder.Load(file.Path);
        float[] expected = new float[8], actual = new float[8];
        training.Encoder.Encode("a furry hound", expected);
        read.Encode("a furry hound", actual);
        Closeness.AssertClose(expected, actual, 2e-3, "half precision");
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        EncoderTrainingOptions options = TinyCorpus.Options with { Pairs = 1, ThingShare = 0.9, SentenceShare = 0.2 };
        var error = Assert.Throws<ModelInputException>(() => new EncoderTraining(TinyCorpus.Make(), options, 0));
        Assert.Contains("1 pairs are too few", error.Message);
        Assert.Contains("no shares of pairs", error.Message);
    }

    [Fact]
    public void Validation_scores_an_encoder_by_what_it_knows()
    {
        EncoderTraining training = Start();
        EncoderValidation validation = new(TinyCorpus.Make());
        double before = validation.Score(training.Encoder, TestContext.Current.CancellationToken).StsSpearman;
        Advance(training, training.TotalSteps);
        EncoderScore after = validation.Score(training.Encoder, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (after.FoundFirst, after.FoundAmongTen));   // there is but one held-out synset
        Assert.Equal(double.NaN, after.WordNetSpearman);
        Assert.True(after.StsSpearman >= before && after.StsSpearman > 0.4, $"{before} to {after.StsSpearman}");
    }

    private static EncoderTraining Start(ulong seed = 3) => new(TinyCorpus.Make(), TinyCorpus.Options, seed);

    private static float[] Advance(EncoderTraining training, int steps) =>
        [.. Enumerable.Range(0, steps).Select(_ => training.Advance())];

    private static byte[] Bytes(EncoderTraining training)
    {
        using TemporaryFile file = T2mFiles.Temporary("encoder.safetensors");
        training.WriteCheckpoint(file.Path);
        return File.ReadAllBytes(file.Path);
    }

    private static double Cosine(WordTextEncoder encoder, string a, string b)
    {
        float[] first = new float[encoder.Length], second = new float[encoder.Length];
        encoder.Encode(a, first);
        encoder.Encode(b, second);
        return first.Zip(second).Sum(pair => (double)pair.First * pair.Second);
    }
}
