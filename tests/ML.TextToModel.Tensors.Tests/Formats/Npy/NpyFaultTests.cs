using System.Text;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class NpyFaultTests
{
    private const string Good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";

    /// <summary>Small files, each wrong in one way.</summary>
    public static TheoryData<NpyFault, byte[]> HostileFiles { get; } = new()
    {
        { NpyFault.BadMagic, Encoding.ASCII.GetBytes("not an npy file") },
        { NpyFault.BadMagic, [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Z', 1, 0, 0, 0] },
        { NpyFault.TooShort, [] },
        { NpyFault.TooShort, File(Good, 8)[..9] },
        { NpyFault.TooShort, File(Good, 8)[..40] },
        { NpyFault.TooShort, File(Good, 7) },
        { NpyFault.TooShort, File(Header(shape: "(2147483591,)"), 8) },
        { NpyFault.UnknownVersion, File(Good, 8, major: 0) },
        { NpyFault.UnknownVersion, File(Good, 8, major: 4) },
        { NpyFault.UnknownVersion, File(Good, 8, minor: 1) },
        { NpyFault.HeaderTooLong, File(new string(' ', 65_536) + Good, 8, major: 2) },
        { NpyFault.HeaderTooLong, [.. File(Good, 8, major: 3)[..8], 0xFF, 0xFF, 0xFF, 0xFF] },
        { NpyFault.HeaderMalformed, File("") },
        { NpyFault.HeaderMalformed, File("[]") },
        { NpyFault.HeaderMalformed, File("{") },
        { NpyFault.HeaderMalformed, File("{,}") },
        { NpyFault.HeaderMalformed, File("{1: 2}") },
        { NpyFault.HeaderMalformed, File("{'descr'}") },
        { NpyFault.HeaderMalformed, File("{'descr: '<f4'}") },
        { NpyFault.HeaderMalformed, File(@"{'desc\x72': '<f4'}") },
        { NpyFault.HeaderMalformed, File(Good + "x", 8) },
        { NpyFault.HeaderMalformed, File(Header(descr: "__import__('os')"), 8) },
        { NpyFault.HeaderMalformed, File(Header(descr: "'<f4"), 8) },
        { NpyFault.HeaderMalformed, File(Header(order: "0"), 8) },
        { NpyFault.HeaderMalformed, File(Header(order: "not True"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "2"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "(2)"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "[2]"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "(1 + 1,)"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "(2.0,)"), 8) },
        { NpyFault.HeaderMalformed, File(Header(shape: "(,)"), 8) },
        { NpyFault.UnknownKey, File("{'descr': '<f4', 'color': 'red'}") },
        { NpyFault.DuplicateKey, File("{'descr': '<f4', 'descr': '<f4'}") },
        { NpyFault.DuplicateKey, File("{'fortran_order': False, 'fortran_order': False}") },
        { NpyFault.DuplicateKey, File("{'shape': (), 'shape': ()}") },
        { NpyFault.MissingKey, File("{}") },
        { NpyFault.MissingKey, File("{'descr': '<f4', 'fortran_order': False}") },
        { NpyFault.MissingKey, File("{'descr': '<f4', 'shape': ()}") },
        { NpyFault.MissingKey, File("{'fortran_order': False, 'shape': ()}") },
        { NpyFault.ObjectType, File(Header(descr: "'|O'"), 8) },
        { NpyFault.ObjectType, File(Header(descr: "'O8'"), 8) },
        { NpyFault.UnsupportedType, File(Header(descr: "'<c8'"), 8) },
        { NpyFault.UnsupportedType, File(Header(descr: "'<U3'"), 8) },
        { NpyFault.UnsupportedType, File(Header(descr: "''"), 8) },
        { NpyFault.UnsupportedType, File(Header(descr: "[('x', '<f4')]"), 8) },
        { NpyFault.BadShape, File(Header(shape: "(-2,)"), 8) },
        { NpyFault.BadShape, File(Header(shape: "(2147483648,)"), 8) },
        { NpyFault.BadShape, File(Header(shape: "(99999999999999999999999,)"), 8) },
        { NpyFault.TooManyDimensions, File(Header(shape: $"({string.Join(',', Enumerable.Repeat(1, 33))})"), 4) },
        { NpyFault.TooLarge, File(Header(shape: "(65536, 65536)"), 8) },
        { NpyFault.TooLarge, File(Header(shape: "(2147483592,)"), 8) },
        { NpyFault.TooLarge, File(Header(shape: "(2147483647, 2147483647, 2147483647, 2147483647)"), 8) },
        { NpyFault.TooLarge, File(Header(shape: "(2147483647, 2147483647, 2147483647, 0)"), 0) },
        { NpyFault.TrailingBytes, File(Good, 9) },
    };

    [Theory, MemberData(nameof(HostileFiles), DisableDiscoveryEnumeration = true)]
    public void Reader_names_the_fault(NpyFault fault, byte[] file)
    {
        NpyException e = Assert.Throws<NpyException>(() => NpyFile.Read(new MemoryStream(file), "f"));
        Assert.Equal(fault, e.Fault);
        Assert.StartsWith("f: ", e.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(HostileFiles), DisableDiscoveryEnumeration = true)]
    public void A_stream_that_cannot_seek_has_the_same_faults(NpyFault fault, byte[] file) => Assert.Equal(
        fault, Assert.Throws<NpyException>(() => NpyFile.Read(new Trickle(file))).Fault);

    [Fact]
    public void Every_fault_has_a_hostile_file() => Assert.Equal(
        Enum.GetValues<NpyFault>(), HostileFiles.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void A_huge_claim_in_a_small_file_takes_little_memory()
    {
        byte[] file = File(Header(shape: "(2147483591,)"), 8);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<NpyException>(() => NpyFile.Read(new Trickle(file)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_message_says_what_where_and_what_to_do()
    {
        byte[] file = File(Header(descr: "'<c8'"), 16);
        Assert.Equal(
            "a.npy: The elements are of type '<c8'; read are <f2, <f4, <f8, >f4, >f8, <i4, <i8, |u1, |b1. " +
            "Save them as one of these.",
            Assert.Throws<NpyException>(() => NpyFile.Read(new MemoryStream(file), "a.npy")).Message);
    }

    private static string Header(string descr = "'<f4'", string order = "False", string shape = "(2,)") =>
        $"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}\n";

    private static byte[] File(string header, int dataBytes = 0, byte major = 1, byte minor = 0) =>
    [
        0x93, .. "NUMPY"u8, major, minor,
        (byte)header.Length, (byte)(header.Length >> 8),
        .. major == 1 ? Array.Empty<byte>() : [(byte)(header.Length >> 16), (byte)(header.Length >> 24)],
        .. Encoding.Latin1.GetBytes(header),
        .. new byte[dataBytes],
    ];
}
