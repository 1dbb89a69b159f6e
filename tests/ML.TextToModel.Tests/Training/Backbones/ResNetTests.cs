using ML.TextToModel.Datasets;
using ML.TextToModel.Evaluation;
using ML.TextToModel.PModels;
using ML.TextToModel.PModels.Tests;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

[Collection(nameof(EngineSettings))]
public sealed class ResNetTests
{
    private static readonly ResNetArchitecture s_tiny = new() { Blocks = 1, Channels = 4 };
    private static readonly ImagePreprocessing s_image = new([0.4f, 0.5f, 0.6f], [0.3f, 0.2f, 0.25f]);
    private static readonly ImageSet s_images = DrawnImages.Draw(12, new Rng(1));

    private static readonly TrainingOptions s_options =
        ResNetArchitecture.Training with { Epochs = 1, BatchSize = 24 };

    [Fact]
    public void ResNet_20_has_the_parameters_of_the_paper()
    {
        ResNetNetwork network = new(new ResNetArchitecture(), 10, new Rng(1));
        // He et al. 2016, table 6: 0.27 million; 19 convolutions, their norms, 64 × 10 + 10.
        Assert.Equal(432 + 6 * 2304 + 4608 + 5 * 9216 + 18432 + 5 * 36864 + 2 * (7 * 16 + 6 * 32 + 6 * 64) + 650,
            network.Parameters.Size);
        Assert.Equal("ResNet-20", new ResNetArchitecture().ToString());
        Assert.Equal(64, network.Fold(s_image).FeatureLength);
    }

    [Fact]
    public void Gradients_are_those_of_differences()
    {
        ResNetNetwork network = new(s_tiny, 3, new Rng(2));
        Tensor images = Tensor.Normal([6, 32, 32, 3], new Rng(3)).Clone();
        GradientCheck.Run(network.Parameters, () => network.Forward(images).CrossEntropy([0, 1, 2, 2, 1, 0]));
    }

    [Fact]
    public void The_folded_backbone_computes_what_the_network_does()
    {
        const int images = 16;
        ResNetNetwork network = new(new ResNetArchitecture { Blocks = 2, Channels = 6 }, 5, new Rng(2));
        ImageExamples examples = new(s_images, tasks: null, s_image);
        Tensor inputs = Tensor.Zeros([images, 32, 32, 3]);
        examples.Fill(0, [.. Enumerable.Range(0, images)], null, inputs.AsSpan());
        Tensor logits = network.Forward(inputs);
        for (int i = 0; i < 150; i++) logits = network.Forward(inputs);   // the running statistics become the batch's
        FittedClassifier classifier = new(
            new LinearSpec { Inputs = 24, Classes = 5 }, network.Head(), ["a", "b", "c", "d", "e"],
            new BackbonePreprocessing(network.Fold(s_image)));
        float[] expected = logits.Softmax().ToArray();
        int[] order = [.. Enumerable.Range(0, s_images.Count).OrderBy(i => s_images.Labels[i])];   // of the examples
        for (int i = 0; i < images; i++)
        {
            float[] row = [.. s_images.Image(order[i]).ToArray().Select(pixel => (float)pixel)];
            // Running variances are divided by one less than the number of pixels, at least 1024.
            Closeness.AssertClose(
                expected.AsSpan(5 * i, 5), SmallModels.Predict(classifier, row), 2e-3, $"image {i}");
        }
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public void A_training_resumed_at_any_step_gives_the_same_bits(OptimizerKind optimizer)
    {
        TrainingOptions options = s_options with { Optimizer = optimizer };
        ResNetTraining whole = Start(options);
        float[] losses = [.. Enumerable.Range(0, whole.TotalSteps).Select(_ => whole.Advance())];
        using TemporaryFile file = T2mFiles.Temporary("state.safetensors");
        ResNetTraining first = Start(options);
        first.Advance();
        TrainingState.Save(file.Path, first, "f");
        ResNetTraining second = Start(options);
        Assert.True(TrainingState.TryResume(file.Path, second, "f"));
        Assert.Equal(losses[1..], Enumerable.Range(1, whole.TotalSteps - 1).Select(_ => second.Advance()));
        Assert.Equal(whole.Backbone().Weights, second.Backbone().Weights);
        Assert.Equal(whole.HeadVector(), second.HeadVector());
    }

    [Fact]
    public void It_learns_and_its_classifier_comes_back_from_a_file()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        GenericTraining training = new(
            DrawnImages.Draw(30, new Rng(4)), s_tiny with { Channels = 8 }, s_options with { Epochs = 12 }, seed: 3);
        training.Run(cancel: cancel);
        using TemporaryFile file = T2mFiles.Temporary();
        training.Classifier().Save(file.Path);
        FittedClassifier read = FittedClassifier.Load(file.Path);
        Backbone backbone = ((BackbonePreprocessing)read.Preprocessing).Backbone!;
        ImageSet test = DrawnImages.Draw(6, new Rng(2));
        IExampleSource examples = BackboneFeatures.Of(backbone, test, cancel: cancel).Examples();
        double accuracy = Accuracy.Of(read.Spec, read.Parameters, examples, cancel: cancel);
        Assert.True(accuracy > 5.0 / test.ClassNames.Count, $"{accuracy} of {test.ClassNames.Count} classes");
    }

    [Fact]
    public void Wrong_sizes_are_named() => Assert.Equal(
        "This training cannot start. 0 blocks are not between 1 and 64. " +
        "3 channels are not an even number from 2 to 1024.",
        Assert.Throws<ModelInputException>(() => new ResNetTraining(
            s_images, new() { Blocks = 0, Channels = 3 }, s_image, s_options, 1)).Message);

    private static ResNetTraining Start(TrainingOptions options) => new(s_images, s_tiny, s_image, options, seed: 5);
}
