namespace ML.TextToModel.Onnx.Tests;

/// <summary>Pretrained networks, in the folder <c>models</c> beside the one that T2M_DATA names.</summary>
internal static class Models
{
    /// <summary>The path of a network; skips the test where it is absent.</summary>
    public static string Find(string name)
    {
        string? data = Environment.GetEnvironmentVariable("T2M_DATA");
        string path = data is null ? "" : Path.Combine(data, "..", "models", name);
        if (!File.Exists(path)) Assert.Skip($"models/{name} is absent beside the folder of T2M_DATA.");
        return path;
    }
}
