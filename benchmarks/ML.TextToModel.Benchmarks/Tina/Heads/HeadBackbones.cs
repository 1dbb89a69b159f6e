using ML.TextToModel.Datasets;
using ML.TextToModel.Onnx;
using ML.TextToModel.PModels;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The frozen backbones that heads are put on: the one that ships, and two from ONNX files.</summary>
internal static class HeadBackbones
{
    public static IReadOnlyList<(string Name, Func<Backbone?> Load)> All { get; } =
    [
        ("own ResNet-20", () => ShippedResNet20.Backbone),
        ("MobileNetV2-0.35", () => FromOnnx(
            "mobilenet_v2_035/mobilenet_v2_0.35_224_features.onnx", [0.5f, 0.5f, 0.5f], [0.5f, 0.5f, 0.5f], 96)),
        ("ResNet-20 of CIFAR-10", () => FromOnnx(
            "resnet_cifar10/resnet20_cifar10.onnx", [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f], 32)),
    ];

    private static Backbone? FromOnnx(string file, float[] mean, float[] deviation, int side)
    {
        string? path = KnownDatasets.Roots.Select(root => Path.Combine(root, "..", "models", file))
            .FirstOrDefault(File.Exists);
        return path is null
            ? null
            : OnnxImport.Read(path, new() { Image = new(mean, deviation), Side = side }).InHalfPrecision();
    }
}
