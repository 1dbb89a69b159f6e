using System.Text;

namespace ML.TextToModel.PModels.Tests;

/// <summary>Damaged and hostile files: one clear error each, and no more memory than the file has bytes.</summary>
public sealed class ClassifierFileFaultTests
{
    [Fact]
    public void The_file_that_the_others_are_made_of_is_sound()
    {
        FittedClassifier classifier = ClassifierFile.Parse(T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors));
        Assert.Equal(["a", "b"], classifier.Classes);
        Assert.Equal([1, 2, 3, 4, 5, 6], classifier.Parameters.ToArray());
    }

    public static TheoryData<ClassifierFileFault, byte[], string> Files => new()
    {
        {
            ClassifierFileFault.NotSafetensors, "PK\u0003\u0004 a zip file"u8.ToArray(),
            "cannot be read as a classifier: The header claims 8,800,140,462,016,121"
        },
        {
            ClassifierFileFault.NotClassifier, T2mFiles.File(null, T2mFiles.Tensors),
            "cannot be read as a classifier: it is a safetensors file without the metadata key 't2m'."
        },
        {
            ClassifierFileFault.BadMetadata, T2mFiles.File("hello", T2mFiles.Tensors),
            "cannot be read as a classifier: its metadata is not that of a classifier; make it anew."
        },
        {
            ClassifierFileFault.BadMetadata, Changed("\"classes\":[\"a\",\"b\"]", "\"classes\":[\"a\",7]"),
            "cannot be read as a classifier: its metadata is not that of a classifier at '$.classes[1]'; make it anew."
        },
        {
            ClassifierFileFault.LaterVersion, Changed("\"format\":1", "\"format\":6"),
            "cannot be read as a classifier: it has format version 6, this library reads up to 5; update the library."
        },
        {
            ClassifierFileFault.PartsDoNotFit, Changed("[\"a\",\"b\"]", "[\"a\",\"a\"]"),
            "cannot be read as a classifier: The classifier does not fit together. The class 'a' is named twice."
        },
        {
            ClassifierFileFault.PartsDoNotFit, Changed("\"inputs\":2", "\"inputs\":-2"),
            "cannot be read as a classifier: -2 inputs are not between 1 and 1000000."
        },
        {
            ClassifierFileFault.BadTensor, T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors[0]),
            "cannot be read as a classifier: the tensor 'head.bias' is missing."
        },
        {
            ClassifierFileFault.BadTensor,
            T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors[0], ("head.bias", "F32", [1, 2], [5, 6])),
            "cannot be read as a classifier: the tensor head.bias F32 (1, 2) should be F32 (2)."
        },
        {
            ClassifierFileFault.BadTensor,
            T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors[0], ("head.bias", "I32", [2], [5, 6])),
            "cannot be read as a classifier: the tensor head.bias I32 (2) should be F32 (2)."
        },
        {
            ClassifierFileFault.BadTensor,
            T2mFiles.File(T2mFiles.Json, [.. T2mFiles.Tensors, ("extra\u001b[2J", "F32", [1], [0])]),
            "cannot be read as a classifier: the tensor 'extra?[2J' is not one of the architecture's."
        },
        {
            ClassifierFileFault.NotFinite,
            T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors[0], ("head.bias", "F32", [2], [5, float.NaN])),
            "cannot be read as a classifier: the tensor 'head.bias' holds an infinity or NaN."
        },
        {
            ClassifierFileFault.NotFinite,
            T2mFiles.File(
                T2mFiles.Json, ("head.weight", "F32", [2, 2], [1, float.PositiveInfinity, 3, 4]), T2mFiles.Tensors[1]),
            "cannot be read as a classifier: the tensor 'head.weight' holds an infinity or NaN."
        },
    };

    [Theory, MemberData(nameof(Files))]
    public void The_fault_is_named(ClassifierFileFault fault, byte[] file, string message) =>
        AssertFault(fault, message, file);

    [Fact]
    public void Every_fault_has_a_file() => Assert.Equal(
        Enum.GetValues<ClassifierFileFault>(), Files.Select(row => row.Data.Item1).Distinct().Order());

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":"1"}""")]
    [InlineData("""{"format":1.5}""")]
    [InlineData("""{"format":99999999999999999999}""")]
    public void Metadata_of_another_kind_is_one_fault(string json) =>
        AssertFault(ClassifierFileFault.BadMetadata, "its metadata is not that of a classifier", T2mFiles.File(json));

    [Theory]
    [InlineData("\"format\":1", "\"format\":0")]
    [InlineData("\"format\":1", "\"format\":1,\"format\":1")]
    [InlineData("\"inputs\":2", "\"inputs\":2,\"inputs\":2")]
    [InlineData("\"card\":{", "\"card\":{\"other\":{\"x\":1,\"x\":2},")]
    [InlineData("\"card\":{", "\"card\":null,\"other\":{")]
    [InlineData("\"card\":{", "\"card\":[],\"other\":{")]
    [InlineData("\"card\":{", "\"car\":{")]
    [InlineData("\"card\":{", "\"card\":{\"seed\":-1,")]
    [InlineData("\"generator\":\"test\"", "\"generator\":null")]
    [InlineData("\"metrics\":[]", "\"metrics\":[{\"name\":\"a\"}]")]
    [InlineData("\"kind\":\"linear\"", "\"kind\":\"mlp\",\"hidden\":[]")]
    [InlineData("\"kind\":\"linear\"", "\"kind\":\"mlp\",\"skip\":true")]
    [InlineData("\"kind\":\"linear\"", "\"kind\":\"cnn\"")]
    [InlineData("\"kind\":\"linear\"", "\"kind\":\"System.Diagnostics.Process\"")]
    [InlineData("\"kind\":\"linear\"", "\"kind\":7")]
    [InlineData("\"kind\":\"linear\",", "")]
    [InlineData("\"kind\":\"linear\"", "\"$type\":\"linear\"")]
    [InlineData("\"inputs\":2,", "")]
    [InlineData("\"inputs\":2", "\"inputs\":2.5")]
    [InlineData("\"inputs\":2", "\"inputs\":null")]
    [InlineData("\"inputs\":2", "\"inputs\":99999999999")]
    [InlineData("[\"a\",\"b\"]", "null")]
    [InlineData("[\"a\",\"b\"]", "\"ab\"")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"\\ud800\"]")]
    [InlineData("\"mean\":[0,1]", "\"mean\":[0,\"NaN\"]")]
    [InlineData("\"mean\":[0,1],", "")]
    [InlineData("\"kind\":\"features\"", "\"kind\":\"linear\"")]
    public void Fields_of_another_kind_are_one_fault(string field, string changed) => AssertFault(
        ClassifierFileFault.BadMetadata, "its metadata is not that of a classifier", Changed(field, changed));

    [Theory]
    [InlineData("[\"a\",\"b\"]", "[\"a\",null]", "A class has no name.")]
    [InlineData("[\"x\",\"y\"]", "[\"x\",null]", "A column has no name.")]
    [InlineData("\"notes\":[]", "\"notes\":[null]", "A metric, candidate or note of the card is null.")]
    [InlineData("\"metrics\":[]", "\"metrics\":[null]", "A metric, candidate or note of the card is null.")]
    [InlineData("\"candidates\":[]", "\"candidates\":[null]", "A metric, candidate or note of the card is null.")]
    [InlineData("\"mean\":[0,1]", "\"mean\":[0,1e999]", "A mean of the preprocessing is not a finite number.")]
    [InlineData("\"deviation\":[1,2]", "\"deviation\":[1,0]", "A deviation of the preprocessing is not positive.")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"b\",\"c\"]", "3 class names do not fit 2 classes.")]
    public void Values_that_do_not_fit_are_named(string field, string changed, string message) =>
        AssertFault(ClassifierFileFault.PartsDoNotFit, message, Changed(field, changed));

    public static TheoryData<ClassifierFileFault, string> HugeSpecs => new()
    {
        { ClassifierFileFault.PartsDoNotFit, """{"kind":"linear","inputs":1000000,"classes":1000000}""" },
        { ClassifierFileFault.BadTensor, """{"kind":"linear","inputs":1000000,"classes":200}""" },
        { ClassifierFileFault.PartsDoNotFit, """{"kind":"linear","inputs":2147483647,"classes":2147483647}""" },
        { ClassifierFileFault.BadTensor, """{"kind":"mlp","inputs":16000,"classes":2,"hidden":[16000],"skip":true}""" },
        {
            ClassifierFileFault.PartsDoNotFit,
            """{"kind":"mlp","inputs":1,"classes":2,"hidden":[1000000,1000000],"skip":false}"""
        },
        {
            ClassifierFileFault.BadTensor,
            """{"kind":"cnn","classes":2,"height":1024,"width":1024,"channels":[16,32],"strides":[2,1]}"""
        },
        {
            ClassifierFileFault.PartsDoNotFit,
            """{"kind":"cnn","classes":2,"height":1024,"width":1024,"channels":[16,32],"strides":[1,1]}"""
        },
        {
            ClassifierFileFault.BadTensor,
            """{"kind":"cnn","classes":2,"height":32,"width":32,"channels":[4096,4096],"strides":[1,1]}"""
        },
        {
            ClassifierFileFault.PartsDoNotFit,
            """{"kind":"cnn","classes":2,"height":2147483647,"width":2147483647,"channels":[9],"strides":[1]}"""
        },
        {
            ClassifierFileFault.PartsDoNotFit,
            """{"kind":"cnn","classes":2,"height":32,"width":32,"channels":[16,32],"strides":[2147483647,-1]}"""
        },
    };

    [Theory, MemberData(nameof(HugeSpecs))]
    public void Huge_sizes_in_a_small_file_cost_no_memory(ClassifierFileFault fault, string spec)
    {
        byte[] file = Changed("""{"kind":"linear","inputs":2,"classes":2}""", spec);
        Assert.Throws<ClassifierFileException>(() => ClassifierFile.Parse(file));
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertFault(fault, "", file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Deep_metadata_is_one_fault(string opening) => AssertFault(
        ClassifierFileFault.BadMetadata, "its metadata is not that of a classifier",
        Changed("\"card\":{", "\"card\":{\"requirement\":" + string.Concat(Enumerable.Repeat(opening, 100_000))));

    [Fact]
    public void Metadata_beyond_the_limit_is_refused_before_it_is_read() => AssertFault(
        ClassifierFileFault.BadMetadata, "its metadata has 16777217 characters, more than 16777216.",
        T2mFiles.File(new string(' ', ClassifierFile.MaxMetadataLength + 1)));

    [Fact]
    public void A_cut_file_is_one_fault()
    {
        byte[] file = T2mFiles.File(T2mFiles.Json, T2mFiles.Tensors);
        for (int length = 0; length < file.Length; length++)
            Assert.Equal(
                ClassifierFileFault.NotSafetensors,
                Assert.Throws<ClassifierFileException>(() => ClassifierFile.Parse(file.AsMemory(0, length))).Fault);
    }

    [Fact]
    public void Faults_on_disk_are_the_same_and_name_the_path()
    {
        using TemporaryFile file = T2mFiles.Temporary();
        File.WriteAllBytes(file.Path, Changed("\"format\":1", "\"format\":9"));
        var fault = Assert.Throws<ClassifierFileException>(() => FittedClassifier.Load(file.Path));
        Assert.Equal(ClassifierFileFault.LaterVersion, fault.Fault);
        Assert.StartsWith(file.Path + " cannot be read as a classifier: ", fault.Message);
        Assert.Throws<FileNotFoundException>(() => FittedClassifier.Load(file.Beside("other.t2m")));
    }

    private static byte[] Changed(string field, string changed)
    {
        Assert.Contains(field, T2mFiles.Json);
        return T2mFiles.File(T2mFiles.Json.Replace(field, changed), T2mFiles.Tensors);
    }

    private static void AssertFault(ClassifierFileFault fault, string message, byte[] file)
    {
        var exception = Assert.Throws<ClassifierFileException>(() => ClassifierFile.Parse(file, "model.t2m"));
        Assert.True(fault == exception.Fault, $"{exception.Fault} in place of {fault}: {exception.Message}");
        Assert.Contains(message, exception.Message);
        Assert.StartsWith("model.t2m cannot be read as a classifier: ", exception.Message);
    }
}
