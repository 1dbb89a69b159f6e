using System.Buffers.Binary;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Seeds and reads for safetensors. Most damage makes a header's length wrong, and the reader stops there; so headers
/// are also damaged alone, and given their true length afterwards.
/// </summary>
internal static class SafetensorsFuzz
{
    private const int PrefixBytes = sizeof(ulong);
    private const int DataBytes = 64;   // all that the headers below describe

    public static IReadOnlyList<byte[]> Files { get; } =
    [
        Write([]),
        Write([SafetensorsTensor.Float32("weight", new float[6], 2, 3)]),
        Write(
            [
                SafetensorsTensor.UInt8("labels", new byte[3], 3),
                SafetensorsTensor.Float16("conv1.weight", new float[8], 2, 2, 1, 2),
                SafetensorsTensor.Int64("step", new long[1]),
                SafetensorsTensor.Int32("empty", default, 4, 0),
            ],
            new Dictionary<string, string> { ["format"] = "pt", ["größe"] = "\"{\\u0000}\"" }),
    ];

    public static IReadOnlyList<byte[]> Headers { get; } =
    [
        """{"__metadata__":{"a":"b"},"x":{"dtype":"F64","shape":[2,4],"data_offsets":[0,64]}}  """u8.ToArray(),
        """
        {"a":{"dtype":"BF16","shape":[],"data_offsets":[0,2]},"b":{"dtype":"U16","shape":[0,3],"data_offsets":[2,2]},
        "c":{"dtype":"I8","shape":[31,2],"data_offsets":[2,64]}}
        """u8.ToArray(),
    ];

    public static void Read(byte[] data)
    {
        using SafetensorsFile file = SafetensorsFile.Parse(data);
        foreach (SafetensorsEntry entry in file.Entries)
        {
            file.ReadBytes(entry.Name, new byte[entry.ByteLength]);
            if (IsFloat(entry.Type)) file.ReadSingles(entry.Name, new float[entry.ElementCount]);
            if (IsInteger(entry.Type)) file.ReadInt64s(entry.Name, new long[entry.ElementCount]);
        }
    }

    public static void ReadHeader(byte[] header)
    {
        byte[] file = new byte[PrefixBytes + header.Length + DataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, PrefixBytes);
        Read(file);
    }

    private static bool IsFloat(SafetensorsType type) =>
        type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;

    private static bool IsInteger(SafetensorsType type) =>
        type is not (SafetensorsType.U64 or SafetensorsType.F8_E4M3 or SafetensorsType.F8_E5M2) && !IsFloat(type);

    private static byte[] Write(IReadOnlyList<SafetensorsTensor> tensors, Dictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
