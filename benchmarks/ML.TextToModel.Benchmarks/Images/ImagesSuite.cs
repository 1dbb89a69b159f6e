namespace ML.TextToModel.Benchmarks.Images;

/// <summary>Reading images, against Pillow.</summary>
internal static class ImagesSuite
{
    public static BenchmarkSuite Create() => new(
        "images", "decoding JPEG images; under a minute", [new("decoding", Decoding.Run)]);
}
