using System.Text;

namespace ML.TextToModel.Datasets.Png;

/// <summary>A chunk of a PNG file: its four letters, and where its content is.</summary>
internal readonly record struct PngChunk(string Type, int Start, int Length)
{
    public const string Header = "IHDR", Palette = "PLTE", Data = "IDAT", End = "IEND", Transparency = "tRNS",
        Exif = "eXIf";

    private const int LengthBytes = 4, TypeBytes = 4, ChecksumBytes = 4;

    /// <summary>Whether an image cannot be decoded by a reader that does not know the chunk.</summary>
    public bool IsCritical => char.IsAsciiLetterUpper(Type[0]);

    /// <summary>Where the next chunk begins.</summary>
    public int Next => Start + Length + ChecksumBytes;

    /// <summary>Reads the chunk that begins at <paramref name="position"/> and checks its sum.</summary>
    public static PngChunk Read(FileBytes file, int position)
    {
        uint length = file.UInt32(position);
        int start = position + LengthBytes + TypeBytes;
        if (length > int.MaxValue)
        {
            throw file.Fault(DecodingFault.BadSegment, position,
                $"a chunk cannot be of {length} bytes. The file is damaged.");
        }
        if (length > file.Length - (long)start - ChecksumBytes) throw file.Truncated();
        ReadOnlySpan<byte> type = file.Slice(start - TypeBytes, TypeBytes);
        foreach (byte letter in type)
        {
            if (char.IsAsciiLetter((char)letter)) continue;
            throw file.Fault(DecodingFault.BadSegment, position, "a chunk should begin here. The file is damaged.");
        }
        var chunk = new PngChunk(Encoding.ASCII.GetString(type), start, (int)length);
        if (Crc32.Of(file.Slice(start - TypeBytes, TypeBytes + chunk.Length)) != file.UInt32(start + chunk.Length))
        {
            throw file.Fault(DecodingFault.BadChecksum, position,
                $"the checksum of the chunk {chunk.Type} is wrong. The file is damaged: fetch or save it again.");
        }
        return chunk;
    }
}
