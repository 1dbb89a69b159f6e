using ML.TextToModel.Tensors.Formats;
using static ML.TextToModel.Tensors.Formats.SafetensorsTensor;
using static ML.TextToModel.Tensors.Tests.Formats.SafetensorsBytes;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class SafetensorsFileTests
{
    [Theory]
    [InlineData("F32", new[] { -3, 0.1f, float.PositiveInfinity, 20 })]
    [InlineData("F16", new[] { -3, 0.099975586f, 65504 })]
    [InlineData("BF16", new[] { -3, 0, 1.5f, 20 })]
    [InlineData("F64", new[] { -3, 0.1f, float.PositiveInfinity })]
    public void Floats_of_another_program_are_read(string name, float[] expected)
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        Assert.Equal(expected, Singles(file, name));
    }

    [Theory]
    [InlineData("BOOL", new long[] { 0, 1 })]
    [InlineData("U8", new long[] { 0, 1, 255 })]
    [InlineData("I8", new long[] { -128, 127 })]
    [InlineData("U16", new long[] { 0, 65535 })]
    [InlineData("I16", new long[] { -32768, 32767 })]
    [InlineData("U32", new long[] { 0, uint.MaxValue })]
    [InlineData("I32", new long[] { int.MinValue, int.MaxValue })]
    [InlineData("I64", new long[] { long.MinValue, long.MaxValue })]
    public void Integers_of_another_program_are_read(string name, long[] expected)
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        long[] values = new long[file.Get(name).ElementCount];
        file.ReadInt64s(name, values);
        Assert.Equal(expected, values);
    }

    [Fact]
    public void Names_shapes_types_and_metadata_of_another_program_are_listed_in_its_order()
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        Assert.Equal(
            ["U8 U8 (3)", "F32 F32 (2, 2)", "F16 F16 (3)", "BF16 BF16 (4)", "F64 F64 (3)", "I8 I8 (2)", "I16 I16 (2)",
             "U16 U16 (2)", "I32 I32 (2)", "U32 U32 (2)", "I64 I64 (2)", "U64 U64 (2)", "BOOL BOOL (2)"],
            file.Entries.Select(entry => entry.ToString()));
        Assert.Equal("make.py", file.Metadata["made by"]);
        Assert.Equal("größer ≥ 0", file.Metadata["schrift"]);
    }

    [Fact]
    public void Every_type_can_be_read_as_bytes_copied_or_in_place()
    {
        foreach (SafetensorsType type in Enum.GetValues<SafetensorsType>())
        {
            int size = type.Size();
            using SafetensorsFile file = SafetensorsFile.Parse(Tensor($"{type}", "[1,1]", $"[0,{size}]", size));
            byte[] expected = [.. Enumerable.Range(1, size).Select(i => (byte)i)];
            byte[] copied = new byte[size], seen = new byte[size];
            file.ReadBytes("t", copied);
            file.VisitBytes("t", seen, static (bytes, seen) => bytes.CopyTo(seen));
            Assert.Equal(expected, copied);
            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public void A_scalar_has_one_element_and_an_empty_tensor_none()
    {
        byte[] bytes = Written(
            [Float32("empty", default, 3, 0, 2), Float32("scalar", new float[] { 7 })]);
        using SafetensorsFile file = SafetensorsFile.Parse(bytes);
        Assert.Equal(0, file.Get("empty").ElementCount);
        Assert.Equal(1, file.Get("scalar").ElementCount);
        Assert.Empty(Singles(file, "empty"));
        Assert.Equal([7], Singles(file, "scalar"));
        file.VisitBytes("empty", 0, static (bytes, _) => Assert.True(bytes.IsEmpty));
    }

    [Fact]
    public void A_file_without_tensors_is_a_file()
    {
        using SafetensorsFile file = SafetensorsFile.Parse(File("""{"__metadata__":{}}  """));
        Assert.Empty(file.Entries);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Data_may_stand_in_another_order_than_the_header()
    {
        const string b = """{"data_offsets":[1,3],"shape":[2],"dtype":"U8"}""";
        const string a = """{"dtype":"U8","shape":[1],"data_offsets":[0,1]}""";
        using SafetensorsFile file = SafetensorsFile.Parse(File($$"""{"b":{{b}},"a":{{a}}}""", 3));
        byte[] values = new byte[2];
        file.ReadBytes("b", values);
        Assert.Equal([2, 3], values);
        Assert.Equal(["b", "a"], file.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void A_tensor_at_an_odd_offset_is_read()
    {
        using SafetensorsFile file = SafetensorsFile.Parse(Written(
            [UInt8("odd", new byte[] { 1 }, 1), Float32("f", new[] { 1.5f, -2 }, 2)]));
        Assert.Equal([1.5f, -2], Singles(file, "f"));
    }

    [Fact]
    public void A_tensor_longer_than_one_chunk_is_read_whole()
    {
        float[] values = new float[(1 << 20) + 7];
        new Rng(1).FillNormal(values);
        using var folder = new TemporaryFolder();
        string path = folder.File("long.safetensors");
        SafetensorsWriter.Write(path, [Float32("x", values, values.Length)]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(values, Singles(file, "x"));
    }

    [Fact]
    public void A_missing_name_is_answered_with_the_nearest_ones()
    {
        using SafetensorsFile file = SafetensorsFile.Parse(Written(
            [.. new[] { "head.bias", "conv1.bias", "conv1.weight", "conv2.weight", "step" }.Select(name =>
                Float32(name, new float[1], 1))]), "m");
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => file.Get("conv1.wieght"));
        Assert.Equal(SafetensorsFault.TensorMissing, e.Fault);
        Assert.Equal(
            "m: There is no tensor 'conv1.wieght'; " +
            "the nearest of 5 names are 'conv1.weight', 'conv2.weight', 'conv1.bias'.",
            e.Message);
        Assert.False(file.TryGet("conv1.wieght", out _));
    }

    [Fact]
    public void A_missing_name_in_an_empty_file_has_no_neighbours()
    {
        using SafetensorsFile file = SafetensorsFile.Parse(File("{}"), "m");
        Assert.Equal("m: There is no tensor 'x'; the file holds none.",
            Assert.Throws<SafetensorsException>(() => file.ReadBytes("x", [])).Message);
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused()
    {
        using SafetensorsFile file = SafetensorsFile.Parse(Written([Float32("w", new float[6], 2, 3)]), "m");
        Assert.Same(file.Entries[0], file.Expect("w", 2, 3));
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => file.Expect("w", 3, 2));
        Assert.Equal(SafetensorsFault.WrongShape, e.Fault);
        Assert.Equal(
            "m: Tensor 'w' has the shape (2, 3); (3, 2) is expected. The file belongs to another model.", e.Message);
    }

    [Fact]
    public void A_tensor_of_another_kind_of_number_is_refused()
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        Assert.Equal(SafetensorsFault.WrongType,
            Assert.Throws<SafetensorsException>(() => file.ReadSingles("I64", new float[2])).Fault);
        Assert.Equal(SafetensorsFault.WrongType,
            Assert.Throws<SafetensorsException>(() => file.ReadInt64s("F32", new long[4])).Fault);
        Assert.Equal(SafetensorsFault.WrongType,
            Assert.Throws<SafetensorsException>(() => file.ReadInt64s("U64", new long[2])).Fault);
    }

    [Theory, InlineData(3), InlineData(5)]
    public void A_destination_of_another_length_is_refused(int length)
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        ArgumentException e = Assert.Throws<ArgumentException>(() => file.ReadSingles("F32", new float[length]));
        Assert.StartsWith(
            $"F32 F32 (2, 2) has 4 elements to read; the destination has room for {length}.", e.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_file_is_not_read()
    {
        SafetensorsFile mapped = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        SafetensorsFile held = SafetensorsFile.Parse(System.IO.File.ReadAllBytes(GoldenFile.Path("types.safetensors")));
        foreach (SafetensorsFile file in new[] { mapped, held })
        {
            file.Dispose();
            file.Dispose();
            Assert.Throws<ObjectDisposedException>(() => file.ReadSingles("F32", new float[4]));
        }
    }

    [Fact]
    public void Closing_during_a_visit_lets_the_visit_finish()
    {
        SafetensorsFile file = SafetensorsFile.Open(GoldenFile.Path("types.safetensors"));
        byte[] seen = new byte[3];
        file.VisitBytes("U8", seen, (bytes, target) =>
        {
            file.Dispose();
            bytes.CopyTo(target);
        });
        Assert.Equal([0, 1, 255], seen);
    }

    [Fact]
    public void A_file_that_shrinks_while_open_is_noticed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows refuses to shorten a mapped file.");
        using var folder = new TemporaryFolder();
        string path = folder.File("f.safetensors");
        SafetensorsWriter.Write(path, [Float32("x", new float[100_000], 100_000)]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(1_000);
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => file.ReadSingles("x", new float[100_000]));
        Assert.Equal(SafetensorsFault.FileShrank, e.Fault);
    }

    [Fact]
    public void A_file_that_is_replaced_while_open_keeps_its_content()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows refuses to replace a mapped file.");
        using var folder = new TemporaryFolder();
        string path = folder.File("f.safetensors");
        SafetensorsWriter.Write(path, [Float32("x", new float[] { 1 }, 1)]);
        using SafetensorsFile old = SafetensorsFile.Open(path);
        SafetensorsWriter.Write(path, [Float32("x", new float[] { 2, 3 }, 2)]);
        using SafetensorsFile replaced = SafetensorsFile.Open(path);
        Assert.Equal([1], Singles(old, "x"));
        Assert.Equal([2, 3], Singles(replaced, "x"));
    }

    [Fact]
    public void Reading_one_tensor_of_a_large_file_allocates_no_copy_of_it()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("large.safetensors");
        SafetensorsWriter.Write(path,
            [UInt8("large", new byte[32 << 20], 32 << 20), Float32("small", new[] { 4f }, 1)]);

        float[] value = new float[1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        file.ReadSingles("small", value);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(4, value[0]);
        Assert.InRange(allocated, 0, 100_000);
    }

    [Fact]
    public void Several_threads_read_at_once()
    {
        float[] values = new float[10_000];
        new Rng(2).FillNormal(values);
        using var folder = new TemporaryFolder();
        string path = folder.File("f.safetensors");
        SafetensorsWriter.Write(path, [Float32("x", values, values.Length)]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        System.Threading.Tasks.Parallel.For(0, 64, _ => Assert.Equal(values, Singles(file, "x")));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_input_output_error() =>
        Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open("no such file.safetensors"));

    private static float[] Singles(SafetensorsFile file, string name)
    {
        float[] values = new float[file.Get(name).ElementCount];
        file.ReadSingles(name, values);
        return values;
    }
}
