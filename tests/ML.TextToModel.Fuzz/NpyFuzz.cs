using System.Buffers.Binary;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Fuzz;

/// <summary>Seeds and reads for npy; headers are also damaged alone, and given their true length afterwards.</summary>
internal static class NpyFuzz
{
    private const int PrefixBytes = 10;
    private const int DataBytes = 48;   // all that the headers below describe

    public static IReadOnlyList<byte[]> Headers { get; } =
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }          \n"u8.ToArray(),
        "{'descr': '>f8', 'fortran_order': True, 'shape': (2, 3, 1), }\n"u8.ToArray(),
        "{'descr': '|u1', 'fortran_order': False, 'shape': (48,), }\n"u8.ToArray(),
    ];

    public static IReadOnlyList<byte[]> Files { get; } = [.. Headers.Select(File)];

    public static void Read(byte[] data) => NpyFile.Read(new MemoryStream(data));

    public static void ReadHeader(byte[] header) => Read(File(header));

    private static byte[] File(byte[] header)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 0, 0, .. header, .. new byte[DataBytes]];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(PrefixBytes - 2), (ushort)header.Length);
        return file;
    }
}
