using System.Buffers.Binary;
using System.Text.Unicode;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>What stands before the elements of a safetensors file, read and checked whole.</summary>
internal sealed class SafetensorsHeader
{
    private SafetensorsHeader(long dataStart, Dictionary<string, string> metadata, List<SafetensorsEntry> entries)
    {
        DataStart = dataStart;
        Metadata = metadata;
        Entries = entries;
    }

    /// <summary>Where the elements begin, in bytes from the start of the file.</summary>
    public long DataStart { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>Reads the header and makes sure that the tensors tile the rest of the file.</summary>
    public static SafetensorsHeader Read(ByteSource source)
    {
        long dataStart = SafetensorsLimits.PrefixBytes + ReadLength(source);
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        source.Visit(SafetensorsLimits.PrefixBytes, (int)dataStart - SafetensorsLimits.PrefixBytes, 0, (header, _) =>
        {
            CheckText(header, source.Origin);
            new SafetensorsHeaderParser(header, source.Origin, entries, metadata).Parse();
        });
        CheckTiling(entries, source.Length - dataStart, source.Origin);
        return new SafetensorsHeader(dataStart, metadata, entries);
    }

    private static int ReadLength(ByteSource source)
    {
        if (source.Length < SafetensorsLimits.PrefixBytes)
            throw new SafetensorsException(SafetensorsFault.TooShort, source.Origin,
                $"The file has {source.Length} bytes; a safetensors file has at least 8. " +
                "It is empty or cut short; copy or download it again.");

        ulong length = 0;
        source.Visit(0, SafetensorsLimits.PrefixBytes, 0,
            (bytes, _) => length = BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        if (length > SafetensorsLimits.HeaderBytes)
            throw new SafetensorsException(SafetensorsFault.HeaderTooLong, source.Origin,
                $"The header claims {length:N0} bytes; at most {SafetensorsLimits.HeaderBytes:N0} are read. " +
                "The file is damaged or not a safetensors file.");

        long left = source.Length - SafetensorsLimits.PrefixBytes;
        if ((long)length > left)
            throw new SafetensorsException(SafetensorsFault.HeaderBeyondFile, source.Origin,
                $"The header claims {length:N0} bytes and {left:N0} follow. " +
                "The file is cut short or not a safetensors file; copy or download it again.");
        return (int)length;
    }

    private static void CheckText(ReadOnlySpan<byte> header, string origin)
    {
        if (header.IsEmpty || header[0] != (byte)'{')
            throw new SafetensorsException(SafetensorsFault.HeaderNotObject, origin,
                "The header does not begin with '{'. The file is damaged or not a safetensors file.");
        if (!Utf8.IsValid(header))
            throw new SafetensorsException(SafetensorsFault.HeaderNotUtf8, origin,
                "The header is not UTF-8 text. The file is damaged or not a safetensors file.");
    }

    private static void CheckTiling(List<SafetensorsEntry> entries, long dataLength, string origin)
    {
        long end = 0;
        foreach (SafetensorsEntry entry in entries.OrderBy(e => e.Offset).ThenBy(e => e.ByteLength))
        {
            if (entry.Offset + entry.ByteLength > dataLength)
                throw new SafetensorsException(SafetensorsFault.OffsetsBeyondFile, origin,
                    $"Tensor {Quote(entry.Name)} ends at byte {entry.Offset + entry.ByteLength:N0} of the " +
                    $"data; there are {dataLength:N0}. The file is cut short; copy or download it again.");
            if (entry.Offset != end)
                throw new SafetensorsException(SafetensorsFault.GapOrOverlap, origin,
                    $"Tensor {Quote(entry.Name)} begins at byte {entry.Offset:N0} of the data; the one " +
                    $"before it ends at {end:N0}. Write the file again without gaps or shared bytes.");
            end += entry.ByteLength;
        }
        if (end != dataLength)
            throw new SafetensorsException(SafetensorsFault.TrailingBytes, origin,
                $"{dataLength - end:N0} bytes follow the last tensor. " +
                "The file is damaged, or something was added to it.");
    }
}
