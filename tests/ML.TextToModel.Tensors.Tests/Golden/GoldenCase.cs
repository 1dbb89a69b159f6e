using System.Text.Json;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Golden;

/// <summary>One case of ops.safetensors; tests/Golden/README.md says what its tensors and attributes mean.</summary>
internal sealed class GoldenCase
{
    private static readonly SafetensorsFile s_file =
        SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "Golden", "ops.safetensors"));

    private readonly JsonElement _attributes;

    private GoldenCase(JsonElement json)
    {
        Name = json.GetProperty("name").GetString()!;
        Op = json.GetProperty("op").GetString()!;
        _attributes = json.GetProperty("attributes");
    }

    public static IReadOnlyDictionary<string, GoldenCase> All { get; } = JsonDocument.Parse(s_file.Metadata["cases"])
        .RootElement.EnumerateArray().Select(json => new GoldenCase(json)).ToDictionary(golden => golden.Name);

    public string Name { get; }

    public string Op { get; }

    public Tensor[] Inputs => [.. Numbered("in").TakeWhile(tensor => tensor is not null).Select(tensor => tensor!)];

    public int[] Indices => Integers("idx").Values;

    public Shape IndexShape => Integers("idx").Shape;

    /// <summary>1 where a query may look.</summary>
    public Tensor? Mask
    {
        get
        {
            if (!s_file.TryGet($"{Name}/mask", out _)) return null;
            (Shape shape, int[] values) = Integers("mask");
            return Tensor.From([.. values.Select(value => (float)value)], shape);
        }
    }

    public Tensor Output => Get("out")!;

    public Tensor? OutputGradient => Get("grad_out");

    public Tensor? Loss => Get("loss");

    public OpResult Result
    {
        get
        {
            Tensor output = Output;
            return new(output.Shape, output.ToArray(),
                [.. Numbered("grad").Take(Inputs.Length).Select(g => g?.ToArray())]);
        }
    }

    public bool Has(string attribute) => _attributes.TryGetProperty(attribute, out _);

    public int Int(string attribute) => _attributes.GetProperty(attribute).GetInt32();

    public float Float(string attribute) => _attributes.GetProperty(attribute).GetSingle();

    public bool Bool(string attribute) => _attributes.GetProperty(attribute).GetBoolean();

    public int[] Ints(string attribute) =>
        [.. _attributes.GetProperty(attribute).EnumerateArray().Select(item => item.GetInt32())];

    public string[] Strings(string attribute) =>
        [.. _attributes.GetProperty(attribute).EnumerateArray().Select(item => item.GetString()!)];

    private IEnumerable<Tensor?> Numbered(string name)
    {
        for (int i = 0; ; i++) yield return Get($"{name}{i}");
    }

    private Tensor? Get(string name)
    {
        if (!s_file.TryGet($"{Name}/{name}", out SafetensorsEntry? entry)) return null;
        float[] values = new float[entry.ElementCount];
        s_file.ReadSingles(entry.Name, values);
        return Tensor.From(values, ShapeOf(entry));
    }

    private (Shape Shape, int[] Values) Integers(string name)
    {
        SafetensorsEntry entry = s_file.Get($"{Name}/{name}");
        long[] values = new long[entry.ElementCount];
        s_file.ReadInt64s(entry.Name, values);
        return (ShapeOf(entry), [.. values.Select(value => (int)value)]);
    }

    private static Shape ShapeOf(SafetensorsEntry entry)
    {
        int[] sizes = [.. entry.Shape];
        return new Shape(sizes);
    }
}
