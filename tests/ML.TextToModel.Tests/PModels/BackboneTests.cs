using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

[Collection(nameof(EngineSettings))]
public sealed class BackboneTests
{
    private static readonly ImagePreprocessing s_image = new([0, 0, 0], [1, 1, 1]);

    [Fact]
    public void A_classifier_comes_back_from_its_file_with_the_backbone_inside()
    {
        FittedClassifier classifier = SmallModels.BackboneClassifier();
        using TemporaryFile file = T2mFiles.Temporary();
        classifier.Save(file.Path);
        FittedClassifier read = FittedClassifier.Load(file.Path);
        foreach (float[] row in SmallModels.Rows(classifier, 5))
            Assert.Equal(SmallModels.Predict(classifier, row), SmallModels.Predict(read, row));
        Assert.Equal(T2mFiles.Written(classifier), T2mFiles.Written(read));
        Backbone backbone = ((BackbonePreprocessing)read.Preprocessing).Backbone!;
        Assert.Equal((5, 7, 4), (backbone.Spec.Height, backbone.Spec.Width, backbone.FeatureLength));
    }

    [Fact]
    public void Every_set_of_kernels_finds_the_same_features()
    {
        Backbone backbone = ((BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing).Backbone!;
        float[] image = SmallModels.Rows(SmallModels.BackboneClassifier(), 1)[0];
        KernelSet before = KernelSet.Current;
        try
        {
            float[]? expected = null;
            foreach (KernelSet kernels in KernelSet.All.Where(set => set.IsSupported).Reverse())
            {
                KernelSet.Current = kernels;
                float[] features = new float[backbone.FeatureLength];
                backbone.Extract(image, features);
                Closeness.AssertClose(expected ??= features, features, 1e-5, kernels.Name);
            }
        }
        finally
        {
            KernelSet.Current = before;
        }
    }

    [Fact]
    public void Predictions_allocate_nothing()
    {
        FittedClassifier classifier = SmallModels.BackboneClassifier();
        float[] row = SmallModels.Rows(classifier, 1)[0], probabilities = new float[3];
        for (int i = 0; i < 3; i++) classifier.Predict(row, probabilities);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) classifier.Predict(row, probabilities);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    public static TheoryData<BackboneStep[], string> Wrong => new()
    {
        { [], "0 steps are not between 1 and 4096." },
        { [new ClampStep(1, 0, null)], "Step 0 of the backbone takes a value that no step before it makes." },
        { [new ClampStep(0, 1, 0)], "Step 0 of the backbone: The limits of a clamp are not finite numbers in order." },
        { [new ClampStep(0, 0, 1)], "The backbone's last step gives an image, 6×8×3, not a vector." },
        { [new MeanStep(0), new AddStep(0, 1)], "Step 1 of the backbone: 6×8×3 and 1×1×3 cannot be added." },
        {
            [new ConvolutionStep(0, 4, 7, 3, 1, 0, 1)],
            "Step 0 of the backbone: A window of 7×3 does not fit into 6×8×3."
        },
        {
            [new ConvolutionStep(0, 4, 3, 3, 1, 1, 2)],
            "Step 0 of the backbone: 2 groups do not divide 3 and 4 channels."
        },
        {
            [new ConvolutionStep(0, 1 << 20, 3, 3, 1, 1, 1)], "Step 0 of the backbone gives more than 16777216 values."
        },
        {
            [new SliceStep(0, [0, 0, 0], [1, 1, 1], [6, 8, 4])],
            "Step 0 of the backbone: 4 entries from 0 on, each 1 further, are not in 3."
        },
        { [new PadStep(0, [0, 0], [0, 0, 0])], "Step 0 of the backbone: A padding has three numbers" },
        { [new PadStep(0, [0, 0, -1], [0, 0, 0])], "Step 0 of the backbone: A padding is not from 0 to 65536." },
        {
            [new ConvolutionStep(0, 2, 1, 1, 1, 0, 1), .. Enumerable.Range(1, 100).Select(i =>
                new PadStep(i, [2000, 2000, 0], [0, 0, 0]))],
            "Step 2 of the backbone gives more than 16777216 values."
        },
        {
            [new PadStep(0, [1000, 1000, 5], [0, 0, 0]), .. Enumerable.Range(1, 9).Select(i => new ClampStep(i, 0))],
            "The backbone's values are more than 67108864 numbers together."
        },
        {
            [new PadStep(0, [1000, 1000, 5], [0, 0, 0]), new ConvolutionStep(1, 8, 64, 64, 1, 31, 1)],
            "The backbone takes more than 17179869184 multiplications an image."
        },
        {
            [
                new MeanStep(0), new ConvolutionStep(1, 1 << 20, 1, 1, 1, 0, 1),
                new ConvolutionStep(2, 100, 1, 1, 1, 0, 1),
            ],
            "The backbone has more than 67108864 weights."
        },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void What_does_not_fit_is_named_before_any_memory_is_taken(BackboneStep[] steps, string fault)
    {
        BackboneSpec spec = new("b", 6, 8, s_image, steps);
        Assert.StartsWith(fault, Assert.Single(spec.Faults()));
        Assert.StartsWith(fault, Assert.Throws<ModelInputException>(() => new Backbone(spec, [])).Message);
    }

    [Fact]
    public void A_p_model_that_takes_other_features_is_refused()
    {
        BackbonePreprocessing preprocessing = (BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing;
        LinearSpec head = new() { Inputs = 5, Classes = 2 };
        Assert.EndsWith(
            "The p-model takes inputs of shape (5), the backbone gives 4 features.",
            Assert.Throws<ModelInputException>(() => new FittedClassifier(
                head, head.Initialize(new Rng(1)), ["a", "b"], preprocessing)).Message);
        LinearSpec fitting = new() { Inputs = 4, Classes = 2 };
        Assert.EndsWith(
            "The backbone has no weights.",
            Assert.Throws<ModelInputException>(() => new FittedClassifier(
                fitting, fitting.Initialize(new Rng(1)), ["a", "b"],
                new BackbonePreprocessing(preprocessing.Spec))).Message);
    }

    [Fact]
    public void In_half_precision_a_file_is_smaller_and_keeps_every_bit()
    {
        FittedClassifier whole = SmallModels.BackboneClassifier(), half = whole.InHalfPrecision();
        byte[] file = T2mFiles.Written(half);
        FittedClassifier read = ClassifierFile.Parse(file);
        Assert.Equal(half.Preprocessing.Parameters.ToArray(), read.Preprocessing.Parameters.ToArray());
        Assert.Equal(half.Parameters.ToArray(), read.Parameters.ToArray());
        Assert.Equal(file, T2mFiles.Written(read));
        Assert.Equal(whole.Parameters.ToArray(), half.Parameters.ToArray());
        int saved = T2mFiles.Written(whole).Length - file.Length, expected = 2 * whole.Preprocessing.Parameters.Length;
        Assert.InRange(saved, expected - 100, expected + 100);   // headers are of about the same length
        foreach (float[] row in SmallModels.Rows(whole, 9))
            Closeness.AssertClose(SmallModels.Predict(whole, row), SmallModels.Predict(half, row), 0.01, "half");
    }

    [Fact]
    public void Half_precision_of_an_older_version_is_refused()
    {
        byte[] file = T2mFiles.Written(SmallModels.BackboneClassifier().InHalfPrecision());
        int place = file.AsSpan().IndexOf("format\\\":4"u8) + 9;
        Assert.Equal((byte)'4', file[place]);
        file[place] = (byte)'3';
        Assert.Equal(
            ClassifierFileFault.BadTensor,
            Assert.Throws<ClassifierFileException>(() => ClassifierFile.Parse(file)).Fault);
    }

    [Fact]
    public void A_weight_beyond_half_precision_is_refused()
    {
        Backbone backbone = ((BackbonePreprocessing)SmallModels.BackboneClassifier().Preprocessing).Backbone!;
        float[] weights = backbone.Weights.ToArray();
        weights[3] = 1e5f;
        Assert.Throws<ModelInputException>(() => new Backbone(backbone.Spec, weights).InHalfPrecision());
    }

    [Fact]
    public void The_network_that_ships_is_in_half_precision_and_small()
    {
        Assert.True(ShippedResNet20.Backbone.IsHalfPrecision);
        Assert.Equal((64, 100), (ShippedResNet20.Backbone.FeatureLength, ShippedResNet20.Classifier.Classes.Count));
        string file = Path.Combine(AppContext.BaseDirectory, "checkpoints", "resnet20.t2m");
        Assert.InRange(new FileInfo(file).Length, 1, 1_000_000);
    }
}
