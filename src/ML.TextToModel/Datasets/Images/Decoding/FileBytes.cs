using System.Buffers.Binary;

namespace ML.TextToModel.Datasets;

/// <summary>A whole file in memory, with its name for messages.</summary>
internal sealed class FileBytes(byte[] data, string name)
{
    public byte[] Data => data;

    public int Length => data.Length;

    /// <summary>Bytes of the file; a fault where it ends before them.</summary>
    public ReadOnlySpan<byte> Slice(int start, int length)
    {
        if (length <= data.Length - start) return data.AsSpan(start, length);
        throw Truncated();
    }

    /// <summary>A number of 16 bits, the high byte first.</summary>
    public int UInt16(int start) => BinaryPrimitives.ReadUInt16BigEndian(Slice(start, sizeof(ushort)));

    /// <summary>A number of 32 bits, the high byte first.</summary>
    public uint UInt32(int start) => BinaryPrimitives.ReadUInt32BigEndian(Slice(start, sizeof(uint)));

    public DecodingException Truncated() => Fault(DecodingFault.Truncated, data.Length,
        "the file ends before the image does. It is cut short: fetch or save it again.");

    public DecodingException Fault(DecodingFault fault, long offset, string message, Exception? inner = null) =>
        new(fault, name, offset, message, inner);

    /// <summary>Refuses images without pixels or with too many, before anything is allocated for them.</summary>
    public void CheckSize(long width, long height, int offset, DecodingLimits limits)
    {
        if (width == 0 || height == 0)
            throw Fault(DecodingFault.BadHeader, offset, $"the image is of {width}×{height} pixels.");
        if (width * height > Math.Min(limits.Pixels, Array.MaxLength / RgbImage.Channels))
        {
            throw Fault(DecodingFault.TooManyPixels, offset,
                $"the image is of {width}×{height} pixels, and the limit is {limits.Pixels:N0}. " +
                "Make it smaller first.");
        }
    }
}
