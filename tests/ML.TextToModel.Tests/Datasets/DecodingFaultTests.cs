using System.Buffers.Binary;
using System.Text;
using ML.TextToModel.Datasets.Png;

namespace ML.TextToModel.Datasets.Tests;

public sealed class DecodingFaultTests
{
    private const int SignatureBytes = 8, FirstChunkEnd = 33;

    private static readonly byte[] s_png = GoldenImages.File("png/rgb8.png");
    private static readonly byte[] s_palette = GoldenImages.File("png/palette4.png");
    private static readonly byte[] s_jpeg = GoldenImages.File("jpeg/420-q75.jpg");
    private static readonly byte[] s_progressive = GoldenImages.File("jpeg/420-q75-progressive.jpg");

    public static TheoryData<string, byte[], DecodingFault> Damaged => new()
    {
        { "no bytes", [], DecodingFault.Truncated },
        { "a GIF", "GIF89a…"u8.ToArray(), DecodingFault.UnknownFormat },
        { "a text", "hello"u8.ToArray(), DecodingFault.UnknownFormat },
        { "line ends changed", [.. s_png[..4], .. s_png[5..]], DecodingFault.BadHeader },
        { "a flipped bit", With(s_png, 45, b => (byte)(b ^ 1)), DecodingFault.BadChecksum },
        { "a huge chunk", With(s_png, 33, _ => 0x80), DecodingFault.BadSegment },
        { "a chunk of no letters", With(s_png, 38, _ => 0), DecodingFault.BadSegment },
        { "no header", [.. s_png[..SignatureBytes], .. s_png[FirstChunkEnd..]], DecodingFault.BadHeader },
        { "two headers", [.. s_png[..FirstChunkEnd], .. s_png[SignatureBytes..]], DecodingFault.MissingPart },
        { "no width", Header(0, 1, 8, 2), DecodingFault.BadHeader },
        { "3 bits", Header(1, 1, 3, 0), DecodingFault.BadHeader },
        { "colour type 5", Header(1, 1, 8, 5), DecodingFault.BadHeader },
        { "interlacing 2", Header(1, 1, 8, 2, interlacing: 2), DecodingFault.BadHeader },
        { "too many pixels", Header(1 << 20, 1 << 20, 8, 2), DecodingFault.TooManyPixels },
        { "a bomb in the header", Header(8_000, 8_000, 8, 2), DecodingFault.Truncated },
        { "an unknown critical chunk", Insert(s_png, "ABCD", []), DecodingFault.Unsupported },
        { "a palette of 4 bytes", Insert(s_png, "PLTE", [1, 2, 3, 4]), DecodingFault.BadSegment },
        { "a transparent colour of 2 bytes", Insert(s_png, "tRNS", [1, 2]), DecodingFault.BadSegment },
        { "no palette", Without(s_palette, "PLTE"), DecodingFault.MissingPart },
        { "no data", Without(s_png, "IDAT"), DecodingFault.MissingPart },
        { "no pixel's colour", Insert(Without(s_palette, "PLTE"), "PLTE", [1, 2, 3]), DecodingFault.BadPaletteIndex },
        { "no zlib", Replace(s_png, new byte[600]), DecodingFault.BadCompression },
        {
            "a dictionary that nobody has", Replace(s_png, [0x78, 0x20, 1, 2, 3, 4, .. new byte[100]]),
            DecodingFault.BadCompression
        },
        { "filter 5", Replace(s_png, Zlib([5, .. new byte[39]])), DecodingFault.BadFilter },
        { "too few rows", Replace(s_png, Zlib(new byte[40 * 10])), DecodingFault.Truncated },
        { "too many rows", Replace(s_png, Zlib(new byte[40 * 12])), DecodingFault.BadCompression },

        { "12 bits", Frame(s_jpeg, bytes => bytes[0] = 12), DecodingFault.Unsupported },
        { "a width of 0", Frame(s_jpeg, bytes => (bytes[3], bytes[4]) = (0, 0)), DecodingFault.BadHeader },
        { "65535 squared", Frame(s_jpeg, bytes => bytes[1..5].Fill(255)), DecodingFault.TooManyPixels },
        { "8000 squared", Frame(s_jpeg, bytes => (bytes[1], bytes[3]) = (31, 31)), DecodingFault.Truncated },
        { "five channels", Frame(s_jpeg, bytes => bytes[5] = 5), DecodingFault.BadHeader },
        { "a factor of 0", Frame(s_jpeg, bytes => bytes[7] = 0x01), DecodingFault.BadHeader },
        { "quantization table 4", Frame(s_jpeg, bytes => bytes[8] = 4), DecodingFault.BadHeader },
        { "a missing quantization table", Frame(s_jpeg, bytes => bytes[8] = 3), DecodingFault.MissingPart },
        { "a channel twice", Frame(s_jpeg, bytes => bytes[9] = bytes[6]), DecodingFault.BadHeader },
        { "arithmetic coding", Marker(s_jpeg, 0xC0, 0xC9), DecodingFault.Unsupported },
        { "lossless", Marker(s_jpeg, 0xC0, 0xC3), DecodingFault.Unsupported },
        { "no frame", Marker(s_jpeg, 0xC0, 0xEF), DecodingFault.MissingPart },
        { "no Huffman tables", Marker(s_jpeg, 0xC4, 0xEF), DecodingFault.MissingPart },
        { "Huffman counts of 255", Segment(s_jpeg, 0xC4, bytes => bytes[1..3].Fill(255)), DecodingFault.BadSegment },
        { "three codes of a bit", Segment(s_jpeg, 0xC4, b => (b[1], b[3]) = (3, 2)), DecodingFault.BadHuffmanTable },
        { "quantization of 32 bits", Segment(s_jpeg, 0xDB, bytes => bytes[0] = 0x20), DecodingFault.BadSegment },
        { "a segment of 1 byte", Segment(s_jpeg, 0xDB, bytes => bytes[^66] = 1, from: -2), DecodingFault.BadSegment },
        { "a channel unknown", Segment(s_jpeg, 0xDA, bytes => bytes[1] = 77), DecodingFault.BadScan },
        { "band 5 to 3", Segment(s_progressive, 0xDA, bytes => (bytes[7], bytes[8]) = (5, 3)), DecodingFault.BadScan },
        { "bit 14", Segment(s_progressive, 0xDA, bytes => bytes[9] = 14), DecodingFault.BadScan },
        { "a scan without end", ManyScans(), DecodingFault.BadScan },
        { "no such code", AfterScan(s_jpeg, bytes => bytes[..60].Fill(0xFE)), DecodingFault.BadCode },
        { "a scan cut by a marker", AfterScan(s_jpeg, b => (b[20], b[21]) = (0xFF, 0xD9)), DecodingFault.Truncated },
        { "restarts out of order", Restarts(), DecodingFault.BadRestart },
    };

    [Theory, MemberData(nameof(Damaged))]
    public void Faults_are_named(string what, byte[] file, DecodingFault fault)
    {
        DecodingException failure = Assert.Throws<DecodingException>(() => ImageDecoder.Decode(file, "test"));
        Assert.True(fault == failure.Fault, $"{what}: {failure}");
        Assert.Equal("test", failure.File);
        Assert.InRange(failure.Offset, -1, file.Length);
    }

    [Fact]
    public void Every_fault_has_a_test()
    {
        HashSet<DecodingFault> tested = [.. Damaged.Select(row => row.Data.Item3)];
        Assert.Equal(
            [DecodingFault.NotFound, DecodingFault.FileTooLarge, DecodingFault.BadEntry],
            Enum.GetValues<DecodingFault>().Where(fault => !tested.Contains(fault)));   // tested below, and with zips
    }

    [Fact]
    public void A_message_says_what_where_and_what_to_do()
    {
        Assert.Equal(
            "cat.png, byte 33: the checksum of the chunk tEXt is wrong. The file is damaged: fetch or save it again.",
            Assert.Throws<DecodingException>(() =>
                ImageDecoder.Decode(With(s_png, 45, b => (byte)(b ^ 1)), "cat.png")).Message);
        Assert.Equal(
            "cat.gif: this is a GIF image; PNG and JPEG are read. Convert it first.",
            Assert.Throws<DecodingException>(() => ImageDecoder.Decode("GIF89a"u8.ToArray(), "cat.gif")).Message);
        Assert.Equal(
            $"cat.jpg, byte {s_jpeg.Length / 2}: the file ends before the image does. " +
            "It is cut short: fetch or save it again.",
            Assert.Throws<DecodingException>(() =>
                ImageDecoder.Decode(s_jpeg[..(s_jpeg.Length / 2)], "cat.jpg")).Message);
    }

    [Fact]
    public void Files_beyond_the_limits_are_refused_and_others_are_not()
    {
        var limits = new DecodingLimits { FileBytes = s_jpeg.Length, Pixels = 37 * 29 };
        ImageDecoder.Decode(s_jpeg, "test", limits);
        Assert.Equal(DecodingFault.FileTooLarge, Fault(limits with { FileBytes = s_jpeg.Length - 1 }));
        Assert.Equal(DecodingFault.TooManyPixels, Fault(limits with { Pixels = 37 * 29 - 1 }));
        Assert.Equal(
            DecodingFault.NotFound, Assert.Throws<DecodingException>(() => ImageDecoder.Load("no/such.png")).Fault);

        static DecodingFault Fault(DecodingLimits limits) =>
            Assert.Throws<DecodingException>(() => ImageDecoder.Decode(s_jpeg, "test", limits)).Fault;
    }

    [Theory]
    [InlineData("png/rgb8.png", 0)]
    [InlineData("jpeg/420-q75.jpg", 2)]
    [InlineData("jpeg/restart-1B.jpg", 2)]
    public void A_file_is_refused_wherever_it_is_cut(string name, int dispensable)
    {
        byte[] file = GoldenImages.File(name);
        for (int length = 0; length < file.Length - dispensable; length++)
            Assert.Throws<DecodingException>(() => ImageDecoder.Decode(file[..length]));
    }

    [Theory]
    [InlineData("jpeg/420-q75")]
    [InlineData("jpeg/420-q75-progressive")]
    public void The_closing_marker_of_a_jpeg_may_be_missing(string name) => Assert.Equal(
        GoldenImages.Expected(name).Pixels, ImageDecoder.Decode(GoldenImages.File($"{name}.jpg")[..^2]).Pixels);

    [Fact]
    public void Bytes_around_the_segments_of_a_jpeg_do_no_harm()
    {
        int second = Find(s_jpeg, 0xDB);
        byte[] file = [.. s_jpeg[..second], 0, 7, 0, .. s_jpeg[second..], .. "trailing"u8];
        Assert.Equal(GoldenImages.Expected("jpeg/420-q75").Pixels, ImageDecoder.Decode(file).Pixels);
    }

    [Fact]
    public void A_damaged_orientation_says_nothing()
    {
        byte[] file = GoldenImages.File("jpeg/exif6.jpg");
        int at = file.AsSpan().IndexOf("Exif"u8);
        for (int i = at + 6; i < at + 32; i++)
        {
            RgbImage image = ImageDecoder.Decode(With(file, i, b => (byte)~b));
            Assert.Contains((image.Width, image.Height), new[] { (21, 13), (13, 21) });
        }
    }

    private static byte[] With(byte[] file, int place, Func<byte, byte> change)
    {
        byte[] copy = [.. file];
        copy[place] = change(copy[place]);
        return copy;
    }

    private static byte[] Chunk(string type, ReadOnlySpan<byte> content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        byte[] chunk = [0, 0, 0, 0, .. body, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.Of(body));
        return chunk;
    }

    private static byte[] Header(int width, int height, byte depth, byte colour, byte interlacing = 0)
    {
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, depth, colour, 0, 0, interlacing];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        return [.. s_png[..SignatureBytes], .. Chunk("IHDR", header), .. s_png[FirstChunkEnd..]];
    }

    /// <summary>Puts a chunk behind the header.</summary>
    private static byte[] Insert(byte[] file, string type, byte[] content) =>
        [.. file[..FirstChunkEnd], .. Chunk(type, content), .. file[FirstChunkEnd..]];

    private static byte[] Without(byte[] file, string type)
    {
        var rest = new List<byte>(file[..SignatureBytes]);
        for (int at = SignatureBytes; at < file.Length;)
        {
            int end = at + 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (Encoding.ASCII.GetString(file, at + 4, 4) != type) rest.AddRange(file[at..end]);
            at = end;
        }
        return [.. rest];
    }

    private static byte[] Replace(byte[] file, byte[] data) => Insert(Without(file, "IDAT"), "IDAT", data);

    private static byte[] Zlib(byte[] rows)
    {
        var packed = new MemoryStream();
        using (var zlib = new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionLevel.Fastest))
            zlib.Write(rows);
        return packed.ToArray();
    }

    private static int Find(byte[] file, byte marker) => file.AsSpan().IndexOf<byte>([0xFF, marker]);

    private delegate void Change(Span<byte> bytes);

    /// <summary>Changes what follows the length of a segment, or stands before that.</summary>
    private static byte[] Segment(byte[] file, byte marker, Change change, int from = 0)
    {
        byte[] copy = [.. file];
        int start = Find(file, marker) + 4, length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(start - 2)) - 2;
        change(copy.AsSpan((start + from)..(start + length)));
        return copy;
    }

    private static byte[] Frame(byte[] file, Change change) => Segment(file, 0xC0, change);

    private static byte[] AfterScan(byte[] file, Change change)
    {
        byte[] copy = [.. file];
        int start = Find(file, 0xDA) + 2;
        change(copy.AsSpan(start + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(start))));
        return copy;
    }

    private static byte[] Marker(byte[] file, byte from, byte to)
    {
        byte[] copy = [.. file];
        for (int at; (at = Find(copy, from)) >= 0;) copy[at + 1] = to;
        return copy;
    }

    private static byte[] ManyScans()
    {
        int start = Find(s_progressive, 0xDA);
        byte[] scan = s_progressive[start..(start + 2 + Find(s_progressive[(start + 2)..], 0xC4))];
        return [.. s_progressive[..start], .. Enumerable.Repeat(scan, 201).SelectMany(bytes => bytes)];
    }

    private static byte[] Restarts()
    {
        byte[] file = GoldenImages.File("jpeg/restart-1.jpg");
        return With(file, Find(file, 0xD0) + 1, _ => 0xD3);
    }
}
