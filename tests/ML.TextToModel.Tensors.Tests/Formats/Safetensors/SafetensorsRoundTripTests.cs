using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class SafetensorsRoundTripTests
{
    // A fixed seed: a failure is a fault of the code, and comes again at the next run.
    private static readonly Config Config = FsCheck.Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(7, 9);

    private static readonly Gen<string> Text =
        Gen.Elements('a', 'Z', '0', '.', '"', '\\', '/', '\0', '\n', '\u007f', 'é', '\u0301', '中', '\u202e', '\uffff')
            .Select(c => $"{c}").Or(Gen.Constant("🦊")).ListOf().Select(string.Concat);

    private static readonly Gen<int[]> Shape = Gen.Choose(0, 4).ArrayOf().Where(shape => shape.Length <= 5);

    private static readonly Gen<SafetensorsTensor> Tensor =
        from name in Text.Where(text => text.Length <= SafetensorsLimits.NameLength)
        from shape in Shape
        from seed in Gen.Choose(0, 1_000_000)
        from kind in Gen.Choose(0, 4)
        select Create(kind, name, shape, new Rng((ulong)seed));

    private static readonly Gen<List<SafetensorsTensor>> Tensors =
        Tensor.ListOf().Select(list => list.DistinctBy(tensor => tensor.Name).ToList());

    private static readonly Gen<Dictionary<string, string>> Metadata =
        Text.Two().ListOf().Select(
            pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var files = from tensors in Tensors from metadata in Metadata select (tensors, metadata);
        Prop.ForAll(files.ToArbitrary(), file =>
        {
            byte[] bytes = SafetensorsBytes.Written(file.tensors, file.metadata);
            using SafetensorsFile read = SafetensorsFile.Parse(bytes);
            Assert.Equal(file.metadata, read.Metadata);
            Assert.Equal(
                file.tensors.Select(t => (t.Name, t.Type, Printable.Shape(t.Shape.AsSpan()), t.ByteLength)),
                read.Entries.Select(e => (e.Name, e.Type, Printable.Shape(e.Shape.AsSpan()), e.ByteLength)));
            foreach (SafetensorsTensor tensor in file.tensors)
                Assert.Equal(BytesOf(tensor), BytesOf(read, tensor.Name));
        }).Check(Config);
    }

    [Fact]
    public void Reading_and_writing_again_gives_the_same_file() => Prop.ForAll(Tensors.ToArbitrary(), tensors =>
    {
        byte[] bytes = SafetensorsBytes.Written(tensors);
        using SafetensorsFile read = SafetensorsFile.Parse(bytes);
        Assert.Equal(bytes, SafetensorsBytes.Written([.. read.Entries.Select(entry => Copy(read, entry))]));
    }).Check(Config);

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        Gen<int> cuts = Gen.Choose(0, 1_000_000);
        Prop.ForAll(Tensors.ToArbitrary(), cuts.ToArbitrary(), (tensors, cut) =>
        {
            byte[] bytes = SafetensorsBytes.Written(tensors);
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(bytes.AsMemory(0, cut % bytes.Length)));
        }).Check(Config);
    }

    private static SafetensorsTensor Create(int kind, string name, int[] shape, Rng rng)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        float[] floats = new float[count];
        rng.FillNormal(floats);
        return kind switch
        {
            0 => SafetensorsTensor.Float32(name, floats, shape),
            1 => SafetensorsTensor.Float16(name, floats, shape),
            2 => SafetensorsTensor.Int32(name, Array.ConvertAll(floats, _ => (int)rng.NextUInt64()), shape),
            3 => SafetensorsTensor.Int64(name, Array.ConvertAll(floats, _ => (long)rng.NextUInt64()), shape),
            _ => SafetensorsTensor.UInt8(name, Array.ConvertAll(floats, _ => (byte)rng.NextUInt64()), shape),
        };
    }

    /// <summary>The tensor as its typed reader sees it, made ready for writing.</summary>
    private static SafetensorsTensor Copy(SafetensorsFile file, SafetensorsEntry entry)
    {
        float[] floats = new float[entry.ElementCount];
        long[] integers = new long[entry.ElementCount];
        if (entry.Type is SafetensorsType.F32 or SafetensorsType.F16)
            file.ReadSingles(entry.Name, floats);
        else
            file.ReadInt64s(entry.Name, integers);
        ReadOnlySpan<int> shape = entry.Shape.AsSpan();
        return entry.Type switch
        {
            SafetensorsType.F32 => SafetensorsTensor.Float32(entry.Name, floats, shape),
            SafetensorsType.F16 => SafetensorsTensor.Float16(entry.Name, floats, shape),
            SafetensorsType.I32 => SafetensorsTensor.Int32(entry.Name, Array.ConvertAll(integers, i => (int)i), shape),
            SafetensorsType.I64 => SafetensorsTensor.Int64(entry.Name, integers, shape),
            _ => SafetensorsTensor.UInt8(entry.Name, Array.ConvertAll(integers, i => (byte)i), shape),
        };
    }

    private static byte[] BytesOf(SafetensorsFile file, string name)
    {
        byte[] bytes = new byte[file.Get(name).ByteLength];
        file.ReadBytes(name, bytes);
        return bytes;
    }

    private static byte[] BytesOf(SafetensorsTensor tensor)
    {
        using var stream = new MemoryStream();
        tensor.WriteElements(stream);
        return stream.ToArray();
    }
}
