using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Onnx.Tests;

public sealed class OnnxImportTests
{
    private static readonly ImagePreprocessing s_plain = new([0.5f, 0.4f, 0.3f], [0.5f, 0.25f, 0.75f]);

    [Theory]
    [InlineData("mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx", 96, 1280)]
    [InlineData("resnet_cifar10/resnet20_cifar10.onnx", 32, 64)]
    [InlineData("resnet_cifar10/resnet56_cifar10.onnx", 32, 64)]
    public void A_real_runtime_finds_the_same_features(string name, int side, int length)
    {
        byte[] file = File.ReadAllBytes(Models.Find(name));
        Backbone backbone = OnnxImport.Parse(file, new() { Image = s_plain, Side = side });
        Assert.Equal(length, backbone.FeatureLength);
        AssertSame(backbone, file, images: 3, tolerance: 1e-5);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(17)]
    public void Every_operator_computes_what_a_real_runtime_does(int opset)
    {
        byte[] file = GraphFile.Sound(opset).ToArray();
        OnnxRuntime.Check(file);
        Backbone backbone = OnnxImport.Parse(file, new() { Image = s_plain });
        Assert.Equal(7, backbone.FeatureLength);
        AssertSame(backbone, file, images: 5, tolerance: 1e-5);
    }

    [Fact]
    public void Another_output_can_be_named()
    {
        byte[] file = GraphFile.Sound().ToArray();
        Assert.Equal(2, OnnxImport.Parse(file, new() { Image = s_plain, Output = "logits" }).FeatureLength);
        Assert.Equal(4, OnnxImport.Parse(
            new GraphFile().Input("image", null, 3, 4, 5).Output("features").Integers("unused", 1)
                .Singles("w", [4, 60], new float[240]).Node("Flatten", "image", "flat")
                .Node("Gemm", "flat w", "features", OnnxAttribute.Integer("transB", 1)).ToArray(),
            new() { Image = s_plain }).FeatureLength);
    }

    [Fact]
    public void An_image_is_flattened_channel_by_channel()
    {
        byte[] file = new GraphFile().Input("image", null, 3, 2, 2).Output("flat").Node("Flatten", "image", "flat")
            .ToArray();
        Backbone backbone = OnnxImport.Parse(file, new() { Image = new([0, 0, 0], [1 / 255f, 1 / 255f, 1 / 255f]) });
        float[] image = [.. Enumerable.Range(0, 12)], features = new float[12];
        backbone.Extract(image, features);
        Closeness.AssertClose(image, features, 1e-6);
    }

    [Fact]
    public void Values_that_nothing_needs_any_more_give_their_place_to_others()
    {
        Backbone backbone = OnnxImport.Read(
            Models.Find("mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx"), new() { Image = s_plain, Side = 96 });
        long all = backbone.Spec.Shapes.Sum(shape => shape.Count);
        Assert.InRange(new BackbonePlan(backbone.Spec).Length, backbone.Spec.Shapes.Max(s => s.Count), all / 4);
        Assert.Equal("mobilenet_v2_0.35_224_features", backbone.Spec.Name);
    }

    [Fact]
    public void Threads_may_share_a_backbone()
    {
        Backbone backbone = OnnxImport.Parse(GraphFile.Sound().ToArray(), new() { Image = s_plain });
        float[][] images = Images(backbone, 40), alone = [.. images.Select(image => Extract(backbone, image))];
        float[][] together = new float[images.Length][];
        Parallel.For(0, images.Length, i => together[i] = Extract(backbone, images[i]));
        Assert.Equal(alone, together);
    }

    private static void AssertSame(Backbone backbone, byte[] file, int images, double tolerance)
    {
        float[][] pixels = Images(backbone, images);
        int plane = backbone.Spec.Height * backbone.Spec.Width;
        float[][] standardised = [.. pixels.Select(image => image.Select((value, i) =>
        {
            (float scale, float shift) = s_plain.Map(i / plane);
            return value * scale + shift;
        }).ToArray())];
        float[][] expected = OnnxRuntime.Rows(
            OnnxRuntime.Run(file, "image", [3, backbone.Spec.Height, backbone.Spec.Width], standardised), "features");
        for (int i = 0; i < images; i++)
            Closeness.AssertClose(expected[i], Extract(backbone, pixels[i]), tolerance, $"image {i}");
    }

    private static float[][] Images(Backbone backbone, int count)
    {
        Rng rng = new(3);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Enumerable.Range(0, backbone.RowLength).Select(_ => (float)rng.NextInt(256)).ToArray())];
    }

    private static float[] Extract(Backbone backbone, float[] image)
    {
        float[] features = new float[backbone.FeatureLength];
        backbone.Extract(image, features);
        return features;
    }
}
