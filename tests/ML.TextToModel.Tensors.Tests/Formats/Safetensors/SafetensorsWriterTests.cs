using System.Text;
using ML.TextToModel.Tensors.Formats;
using static ML.TextToModel.Tensors.Formats.SafetensorsTensor;
using static ML.TextToModel.Tensors.Tests.Formats.SafetensorsBytes;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void The_bytes_are_those_that_the_format_prescribes()
    {
        byte[] file = Written(
            [Float32("w", new[] { 1f, -2f }, 1, 2), UInt8("größe", new byte[] { 7 })],
            new Dictionary<string, string> { ["z"] = "1\n2", ["a"] = "ü" });

        string header = (
            "{'__metadata__':{'a':'ü','z':'1\\n2'}," +
            "'w':{'dtype':'F32','shape':[1,2],'data_offsets':[0,8]}," +
            "'größe':{'dtype':'U8','shape':[],'data_offsets':[8,9]}}  ").Replace('\'', '"');
        byte[] expected =
        [
            152, 0, 0, 0, 0, 0, 0, 0,
            .. Encoding.UTF8.GetBytes(header),
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
            7,
        ];
        Assert.Equal(expected, file);
    }

    [Fact]
    public void Integers_are_stored_little_endian()
    {
        byte[] file = Written([Int32("i", new[] { 1, -2 }, 2), Int64("l", new[] { 0x0102030405060708 }, 1)]);
        Assert.Equal([1, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 8, 7, 6, 5, 4, 3, 2, 1], file[^16..]);
    }

    [Theory]
    [InlineData(1f, 0x3C00)]
    [InlineData(1 + 1f / 2048, 0x3C00)]           // half way between two halves: to the even one, downwards
    [InlineData(1 + 3f / 2048, 0x3C02)]           // and upwards
    [InlineData(1 + 1.001f / 2048, 0x3C01)]
    [InlineData(65504f, 0x7BFF)]
    [InlineData(65519.996f, 0x7BFF)]
    [InlineData(65520f, 0x7C00)]
    [InlineData(float.NegativeInfinity, 0xFC00)]
    [InlineData(5.9604645e-8f, 0x0001)]           // 2^-24, the smallest subnormal
    [InlineData(2.9802322e-8f, 0x0000)]           // half of it: to even
    [InlineData(-0f, 0x8000)]
    public void Half_precision_rounds_to_the_nearest_and_ties_to_even(float value, int bits)
    {
        byte[] file = Written([Float16("h", new[] { value })]);
        Assert.Equal(bits, file[^2] | file[^1] << 8);
    }

    [Fact]
    public void Nothing_but_an_empty_object_is_written_for_no_tensors()
    {
        Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], Written([]));
        Assert.Equal(Written([]), Written([], new Dictionary<string, string>()));
    }

    [Fact]
    public void The_order_of_the_metadata_does_not_change_the_bytes() => Assert.Equal(
        Written([], new Dictionary<string, string> { ["a"] = "1", ["B"] = "2" }),
        Written([], new Dictionary<string, string> { ["B"] = "2", ["a"] = "1" }));

    [Fact]
    public void A_file_and_a_stream_get_the_same_bytes()
    {
        SafetensorsTensor[] tensors = [Float32("x", new float[100_000], 100, 1_000)];
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.File("x.safetensors"), tensors);
        Assert.Equal(Written(tensors), System.IO.File.ReadAllBytes(folder.File("x.safetensors")));
        Assert.Equal(["x.safetensors"], folder.Names());
    }

    [Fact]
    public void What_a_file_cannot_hold_is_refused_before_an_old_file_is_touched()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("x.safetensors");
        System.IO.File.WriteAllText(path, "old");
        SafetensorsTensor t = UInt8("t", default, 0);

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [t, t]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [t], One("\ud800", "")));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [t], One("", "x\udc00")));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [t], One(new string('k', 1_025), "")));
        string huge = new('v', SafetensorsLimits.HeaderBytes);
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [t], One("k", huge)));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, new SafetensorsTensor[100_001]));
        Assert.Equal("old", System.IO.File.ReadAllText(path));
        Assert.Equal(["x.safetensors"], folder.Names());
    }

    [Fact]
    public void A_tensor_that_no_file_can_hold_cannot_be_made()
    {
        Refused("reserved", () => UInt8("__metadata__", default, 0));
        Refused("too long", () => UInt8(new string('n', 1_025), default, 0));
        Refused("not Unicode", () => UInt8("n\ud800", default, 0));
        Refused("negative size -1", () => UInt8("n", new byte[1], -1, -1));
        Refused("33 dimensions", () => UInt8("n", new byte[1], Enumerable.Repeat(1, 33).ToArray()));
        Refused("has 5 elements, other than its shape (2, 3) holds", () => UInt8("n", new byte[5], 2, 3));
        Refused("has 0 elements", () => UInt8("n", default));
        Refused("other than its shape", () => UInt8("n", default, int.MaxValue, int.MaxValue, int.MaxValue));
    }

    private static void Refused(string reason, Func<object> make) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);

    private static Dictionary<string, string> One(string key, string value) => new() { [key] = value };
}
