using System.Text;
using ML.TextToModel.Tensors.Formats;
using static ML.TextToModel.Tensors.Tests.Formats.SafetensorsBytes;

namespace ML.TextToModel.Tensors.Tests.Formats;

public sealed class SafetensorsFaultTests
{
    private const string Empty = """{"dtype":"U8","shape":[0],"data_offsets":[0,0]}""";

    /// <summary>Small files, each wrong in one way.</summary>
    public static TheoryData<SafetensorsFault, byte[]> HostileFiles { get; } = new()
    {
        { SafetensorsFault.TooShort, [] },
        { SafetensorsFault.TooShort, [1, 2, 3, 4, 5, 6, 7] },
        { SafetensorsFault.HeaderTooLong, Length(100_000_001) },
        { SafetensorsFault.HeaderTooLong, Length(ulong.MaxValue) },
        { SafetensorsFault.HeaderBeyondFile, Length(1) },
        { SafetensorsFault.HeaderBeyondFile, Length(100_000_000) },
        { SafetensorsFault.HeaderNotObject, Length(0) },
        { SafetensorsFault.HeaderNotObject, File("[]") },
        { SafetensorsFault.HeaderNotObject, File(" {}") },
        { SafetensorsFault.HeaderNotObject, File([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}']) },
        { SafetensorsFault.HeaderNotUtf8, File([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)'}']) },
        { SafetensorsFault.HeaderNotUtf8, File("""{"\ud800":{}}""") },
        { SafetensorsFault.HeaderNotUtf8, File("""{"t":{"\udc00":1}}""") },
        { SafetensorsFault.HeaderNotUtf8, File("""{"t":{"dtype":"\ud800"}}""") },
        { SafetensorsFault.HeaderNotUtf8, File("""{"__metadata__":{"k":"\ud800x"}}""") },
        { SafetensorsFault.HeaderNotJson, File("{") },
        { SafetensorsFault.HeaderNotJson, File("{}}") },
        { SafetensorsFault.HeaderNotJson, File("{}\0") },
        { SafetensorsFault.HeaderNotJson, File("{} {}") },
        { SafetensorsFault.HeaderNotJson, File("{'t':1}") },
        { SafetensorsFault.HeaderNotJson, File("""{"t":""" + Empty + ",}") },
        { SafetensorsFault.HeaderNotJson, File("""{/* */"t":""" + Empty + "}") },
        { SafetensorsFault.HeaderTooDeep, File("""{"t":{"shape":[[1]]}}""") },
        { SafetensorsFault.HeaderTooDeep, File("""{"t":{"shape":[{}]}}""") },
        { SafetensorsFault.TooManyEntries, File(Many(Empty)) },
        { SafetensorsFault.TooManyEntries, File($$$"""{"__metadata__":{{{Many("\"\"")}}}}""") },
        { SafetensorsFault.NameTooLong, File($$"""{"{{new string('n', 1_025)}}":{{Empty}}}""") },
        { SafetensorsFault.NameTooLong, File($$"""{"{{new string('n', 10_000)}}":{{Empty}}}""") },
        { SafetensorsFault.NameTooLong, File($$$"""{"__metadata__":{"{{{new string('k', 1_025)}}}":""}}""") },
        { SafetensorsFault.DuplicateName, File($$"""{"t":{{Empty}},"t":{{Empty}}}""") },
        { SafetensorsFault.DuplicateName, File($$"""{"t":{{Empty}},"\u0074":{{Empty}}}""") },
        { SafetensorsFault.DuplicateName, File("""{"__metadata__":{},"__metadata__":{}}""") },
        { SafetensorsFault.MetadataNotObject, File("""{"__metadata__":"text"}""") },
        { SafetensorsFault.MetadataNotObject, File("""{"__metadata__":["k","v"]}""") },
        { SafetensorsFault.MetadataNotString, File("""{"__metadata__":{"k":1}}""") },
        { SafetensorsFault.MetadataNotString, File("""{"__metadata__":{"k":null}}""") },
        { SafetensorsFault.DuplicateMetadataKey, File("""{"__metadata__":{"k":"1","k":"2"}}""") },
        { SafetensorsFault.EntryNotObject, File("""{"t":1}""") },
        { SafetensorsFault.EntryNotObject, File("""{"t":["F32",[1],[0,4]]}""", 4) },
        { SafetensorsFault.UnknownField, File("""{"t":{"stride":[1]}}""") },
        { SafetensorsFault.UnknownField, File("""{"t":{"dtype":"U8","shape":[],"DTYPE":"U8"}}""") },
        { SafetensorsFault.DuplicateField, File("""{"t":{"dtype":"U8","dtype":"U8"}}""") },
        { SafetensorsFault.DuplicateField, File("""{"t":{"shape":[],"shape":[]}}""") },
        { SafetensorsFault.DuplicateField, File("""{"t":{"data_offsets":[0,0],"data_offsets":[0,0]}}""") },
        { SafetensorsFault.MissingField, File("""{"t":{}}""") },
        { SafetensorsFault.MissingField, File("""{"t":{"shape":[0],"data_offsets":[0,0]}}""") },
        { SafetensorsFault.MissingField, File("""{"t":{"dtype":"U8","data_offsets":[0,0]}}""") },
        { SafetensorsFault.MissingField, File("""{"t":{"dtype":"U8","shape":[0]}}""") },
        { SafetensorsFault.UnknownType, Tensor("F128", "[1]", "[0,16]", 16) },
        { SafetensorsFault.UnknownType, Tensor("f32", "[1]", "[0,4]", 4) },
        { SafetensorsFault.UnknownType, Tensor("11", "[1]", "[0,4]", 4) },
        { SafetensorsFault.UnknownType, File("""{"t":{"dtype":11,"shape":[1],"data_offsets":[0,4]}}""", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "1", "[0,4]", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "[-1]", "[0,4]", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "[1.0]", "[0,4]", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "[1e0]", "[0,4]", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "[\"1\"]", "[0,4]", 4) },
        { SafetensorsFault.BadShape, Tensor("F32", "[2147483648]", "[0,8589934592]", 4) },
        { SafetensorsFault.TooManyDimensions, Tensor("U8", $"[{string.Join(',', new int[33])}]", "[0,0]", 0) },
        { SafetensorsFault.SizeOverflow, Tensor("U8", "[2147483647,2147483647,3]", "[0,4]", 4) },
        { SafetensorsFault.SizeOverflow, Tensor("F64", "[2147483647,1073741824]", "[0,8]", 8) },
        { SafetensorsFault.SizeOverflow, Tensor("F32", "[0,2147483647,2147483647,2147483647]", "[0,0]", 0) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "4", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[0]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[0,4,8]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[4,0]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[-4,0]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[0.0,4]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[0,\"4\"]", 4) },
        { SafetensorsFault.BadOffsets, Tensor("F32", "[1]", "[0,9223372036854775808]", 4) },
        { SafetensorsFault.OffsetsBeyondFile, Tensor("F32", "[1]", "[0,4]", 3) },
        { SafetensorsFault.OffsetsBeyondFile, Tensor("F32", "[1]", "[9223372036854775803,9223372036854775807]", 4) },
        { SafetensorsFault.SizeMismatch, Tensor("F32", "[1]", "[0,8]", 8) },
        { SafetensorsFault.SizeMismatch, Tensor("F32", "[]", "[0,0]", 0) },
        { SafetensorsFault.SizeMismatch, Tensor("F32", "[0]", "[0,4]", 4) },
        { SafetensorsFault.GapOrOverlap, Tensor("F32", "[1]", "[4,8]", 8) },
        { SafetensorsFault.GapOrOverlap, Two(begin: 5) },
        { SafetensorsFault.GapOrOverlap, Two(begin: 3) },
        { SafetensorsFault.GapOrOverlap, Two(begin: 0) },
        { SafetensorsFault.TrailingBytes, Tensor("F32", "[1]", "[0,4]", 5) },
        { SafetensorsFault.TrailingBytes, File("{}", 1) },
    };

    [Theory, MemberData(nameof(HostileFiles), DisableDiscoveryEnumeration = true)]
    public void Reader_names_the_fault(SafetensorsFault fault, byte[] file)
    {
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(file, "f"));
        Assert.Equal(fault, e.Fault);
        Assert.StartsWith("f: ", e.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(HostileFiles), DisableDiscoveryEnumeration = true)]
    public void A_file_on_disk_has_the_same_faults_as_one_in_memory(SafetensorsFault fault, byte[] file)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("f.safetensors");
        System.IO.File.WriteAllBytes(path, file);
        SafetensorsException e = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path));
        Assert.Equal(fault, e.Fault);
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_of_a_file_has_a_hostile_file()
    {
        SafetensorsFault[] ofUse =   // tested with the reads that raise them
        [
            SafetensorsFault.FileShrank, SafetensorsFault.TensorMissing,
            SafetensorsFault.WrongType, SafetensorsFault.WrongShape,
        ];
        IEnumerable<SafetensorsFault> tested = HostileFiles.Select(row => row.Data.Item1).Concat(ofUse);
        Assert.Equal(Enum.GetValues<SafetensorsFault>(), tested.Distinct().Order());
    }

    [Fact]
    public void What_stands_just_within_the_limits_is_read()
    {
        string name = new('\u0001', SafetensorsLimits.NameLength);
        string escaped = string.Concat(Enumerable.Repeat("\\u0001", SafetensorsLimits.NameLength));
        string shape = $"[{string.Join(',', Enumerable.Repeat(1, SafetensorsLimits.Dimensions))}]";
        using SafetensorsFile file = SafetensorsFile.Parse(File(
            $$$"""{"{{{escaped}}}":{"dtype":"U8","shape":{{{shape}}},"data_offsets":[0,1]}}""", 1));
        Assert.Equal(SafetensorsLimits.Dimensions, file.Get(name).Shape.Length);
    }

    [Fact]
    public void A_message_says_what_where_and_what_to_do()
    {
        byte[] file = Tensor("F32", "[2,3]", "[0,20]", 20);
        Assert.Equal(
            "model.safetensors: Tensor 't' has 20 bytes; F32 (2, 3) needs 24. " +
            "The header is damaged or not of the safetensors format.",
            Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(file, "model.safetensors")).Message);
    }

    [Fact]
    public void A_hostile_name_can_neither_steer_a_terminal_nor_fill_a_log()
    {
        string name = @"\u001b[2J\u202e" + new string('x', 1_000);
        byte[] file = File($$"""{"{{name}}":1}""");
        string message = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Parse(file)).Message;
        Assert.DoesNotContain(message, c => char.IsControl(c) || c == '\u202e');
        Assert.Contains("'?[2J?xxx", message, StringComparison.Ordinal);
        Assert.True(message.Length < 300);
    }

    /// <summary>Two tensors of four bytes, the second from byte <paramref name="begin"/> of the data.</summary>
    private static byte[] Two(int begin)
    {
        const string a = """{"dtype":"U8","shape":[4],"data_offsets":[0,4]}""";
        string b = $$"""{"dtype":"U8","shape":[4],"data_offsets":[{{begin}},{{begin + 4}}]}""";
        return File($$"""{"a":{{a}},"b":{{b}}}""", begin + 4);
    }

    /// <summary>An object with one member more than is allowed.</summary>
    private static string Many(string value)
    {
        IEnumerable<int> names = Enumerable.Range(0, SafetensorsLimits.Entries + 1);
        return $"{{{string.Join(',', names.Select(name => $"\"{name}\":{value}"))}}}";
    }
}
