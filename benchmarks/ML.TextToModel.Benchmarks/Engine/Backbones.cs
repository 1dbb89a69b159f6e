using ML.TextToModel.Datasets;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Engine;

/// <summary>Training steps of ResNet-20, and one image at a time through frozen backbones.</summary>
internal static class Backbones
{
    private const int Batch = 128;

    private static readonly ImagePreprocessing s_image = new([0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f]);

    public static IEnumerable<BenchmarkRow> Run(BenchmarkContext context)
    {
        ImageSet images = DrawnImages.Draw(perClass: 40, new Rng(1));
        ResNetTraining training = new(
            images, new ResNetArchitecture(), s_image, ResNetArchitecture.Training with { BatchSize = Batch }, seed: 1);
        int threads = ComputeThreads.Count, steps = context.Choose(3, 20);
        foreach (int used in new[] { 1, threads }.Distinct())
        {
            ComputeThreads.Count = used;
            training.Advance();
            double seconds = Timing.Seconds(() => training.Advance(), steps);
            yield return new BenchmarkRow(
                $"ResNet-20, training step of {Batch} images, {used} threads", Batch / seconds, "images/s", N: steps);
        }
        ComputeThreads.Count = threads;
        yield return Extract(context, training.Backbone());
        foreach ((string file, int side) in new[]
        {
            ("mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx", 96),
            ("mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx", 224), ("resnet_cifar10/resnet20_cifar10.onnx", 32),
        })
        {
            string path = Path.Combine(Environment.GetEnvironmentVariable("T2M_DATA") ?? "", "..", "models", file);
            if (File.Exists(path))
                yield return Extract(context, OnnxImport.Read(path, new() { Image = s_image, Side = side }));
        }
    }

    private static BenchmarkRow Extract(BenchmarkContext context, Backbone backbone)
    {
        float[] image = new float[backbone.RowLength], features = new float[backbone.FeatureLength];
        new Rng(2).FillUniform(image, 0, 255);
        int calls = context.Choose(100, 1_000);
        for (int i = 0; i < calls; i++) backbone.Extract(image, features);
        double seconds = Timing.Seconds(() => backbone.Extract(image, features), calls);
        return new BenchmarkRow($"one image through {backbone.Spec}, 1 thread", seconds * 1e3, "ms", N: calls);
    }
}
