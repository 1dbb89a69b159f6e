using ML.TextToModel.Datasets;
using ML.TextToModel.Generators.Tina;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Training.Tests;

public sealed class TinaTrainingTests
{
    private static readonly Lazy<ImageSet> s_images = new(() => DrawnImages.Draw(perClass: 20, new Rng(7)));

    [Fact]
    public void The_loss_of_generated_classifiers_falls()
    {
        TinaTraining training = Start(steps: 200);
        float[] losses = [.. Enumerable.Range(0, 200).Select(_ => training.Advance())];
        Assert.Equal(Math.Log(4), losses[0], 0.05);   // of networks that know nothing
        Assert.True(losses[^20..].Average() < 0.9 * Math.Log(4), $"{losses[^20..].Average()}");
    }

    [Fact]
    public void A_resumed_training_ends_with_the_same_bits()
    {
        TinaTraining whole = Start(steps: 8), half = Start(steps: 8), resumed = Start(steps: 8);
        for (int i = 0; i < 8; i++) whole.Advance();
        for (int i = 0; i < 4; i++) half.Advance();
        foreach ((KeyValuePair<string, Tensor> from, KeyValuePair<string, Tensor> to) in half.State.Zip(resumed.State))
            from.Value.CopyTo(to.Value.AsSpan());
        resumed.ResumeAt(4);
        for (int i = 0; i < 4; i++) resumed.Advance();
        foreach ((KeyValuePair<string, Tensor> a, KeyValuePair<string, Tensor> b) in whole.State.Zip(resumed.State))
            Assert.Equal(a.Value.ToArray(), b.Value.ToArray());
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        var error = Assert.Throws<ModelInputException>(() => Start(steps: 0));
        Assert.Contains("0 steps", error.Message);
    }

    private static TinaTraining Start(int steps)
    {
        ImageSet images = s_images.Value;
        TinaOptions sizes = new()
        {
            ChunkSize = 120, ConditionLength = 6, Width = 32, Layers = 2, Heads = 2, Hidden = 48,
        };
        CnnSpec spec = new() { Classes = 4, Channels = [8, 8], Strides = [4, 2] };
        float[] initial = spec.Initialize(new Rng(3));
        TinaNetwork network = new(sizes, spec, [0.1f, 0.1f, 0.1f, 0.1f], new Rng(2));
        Tensor start = Tensor.From(initial, [1, initial.Length]);
        Tensor chunks = network.Normalise(start, Tensor.Zeros([1, 4, 6])).Chunks * 0.1f;
        chunks.CopyTo(network.Parameters["base.chunks"].AsSpan());
        float[] conditions = new float[images.ClassNames.Count * 6];
        new Rng(4).FillNormal(conditions);
        ImagePreprocessing preprocessing = ImagePreprocessing.Fit(images.Images, ImageSet.Side * ImageSet.Side);
        return new TinaTraining(
            network,
            new ImageExamples(images, null, preprocessing, new TrainingOptions { Flip = true, Shift = 4 }),
            new ClassConditions(6, [.. conditions.Chunk(6)]),
            new TinaTrainingOptions
            {
                Steps = steps, Tasks = 4, Images = 16, MinClasses = 4, MaxClasses = 4, Rate = 3e-3f, WarmUp = 10,
            }, seed: 5);
    }
}
