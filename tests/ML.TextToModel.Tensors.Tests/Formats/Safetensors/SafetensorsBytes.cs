using System.Buffers.Binary;
using System.Text;
using ML.TextToModel.Tensors.Formats;

namespace ML.TextToModel.Tensors.Tests.Formats;

/// <summary>Builds files byte by byte, so that they can be wrong.</summary>
internal static class SafetensorsBytes
{
    /// <summary>A file of this header text and so many bytes of data (1, 2, 3, …).</summary>
    public static byte[] File(string header, int dataBytes = 0) => File(Encoding.UTF8.GetBytes(header), dataBytes);

    public static byte[] File(byte[] header, int dataBytes = 0)
    {
        byte[] file = new byte[8 + header.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        header.CopyTo(file, 8);
        for (int i = 0; i < dataBytes; i++) file[8 + header.Length + i] = (byte)(i + 1);
        return file;
    }

    /// <summary>A file whose single tensor <c>t</c> has this description.</summary>
    public static byte[] Tensor(string dtype, string shape, string offsets, int dataBytes) =>
        File($$$"""{"t":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""", dataBytes);

    /// <summary>A file of a header's length alone.</summary>
    public static byte[] Length(ulong length)
    {
        byte[] file = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        return file;
    }

    public static byte[] Written(
        IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
