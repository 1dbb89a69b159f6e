using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ML.TextToModel.PModels.Tests;

/// <summary>Builds <c>.t2m</c> files byte by byte, so that they can be wrong.</summary>
internal static class T2mFiles
{
    /// <summary>The metadata of a linear classifier of two columns and two classes.</summary>
    public const string Json =
        """
        {"format":1,"spec":{"kind":"linear","inputs":2,"classes":2},"classes":["a","b"],
        "preprocessing":{"kind":"features","columns":["x","y"],"mean":[0,1],"deviation":[1,2]},
        "card":{"generator":"test","metrics":[],"candidates":[],"notes":[]}}
        """;

    /// <summary>The tensors that go with it.</summary>
    public static readonly (string Name, string Type, int[] Shape, float[] Values)[] Tensors =
        [("head.weight", "F32", [2, 2], [1, 2, 3, 4]), ("head.bias", "F32", [2], [5, 6])];

    /// <summary>A file of a metadata text, null for none, and tensors.</summary>
    public static byte[] File(string? json, params (string Name, string Type, int[] Shape, float[] Values)[] tensors)
    {
        var header = new Dictionary<string, object>();
        if (json is not null) header["__metadata__"] = new Dictionary<string, string> { ["t2m"] = json };
        int offset = 0;
        foreach ((string name, string type, int[] shape, float[] values) in tensors)
            header[name] = new Dictionary<string, object>
            {
                ["dtype"] = type, ["shape"] = shape,
                ["data_offsets"] = new[] { offset, offset += values.Length * sizeof(float) },
            };
        byte[] text = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(header));
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        float[] elements = [.. tensors.SelectMany(tensor => tensor.Values)];
        return [.. length, .. text, .. MemoryMarshal.AsBytes(elements.AsSpan())];
    }

    public static byte[] Written(FittedClassifier classifier)
    {
        using var stream = new MemoryStream();
        ClassifierFile.Write(stream, classifier);
        return stream.ToArray();
    }

    /// <summary>A new file of the temporary folder, removed by disposing.</summary>
    public static TemporaryFile Temporary(string name = "model.t2m") => new(name);
}

/// <summary>A path in a folder of its own, removed afterwards.</summary>
internal sealed class TemporaryFile(string name) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("t2m-");

    public string Path => System.IO.Path.Combine(_folder.FullName, name);

    public string Beside(string other) => System.IO.Path.Combine(_folder.FullName, other);

    public string[] Names() => [.. _folder.GetFileSystemInfos().Select(file => file.Name).Order()];

    public void Dispose() => _folder.Delete(recursive: true);
}
