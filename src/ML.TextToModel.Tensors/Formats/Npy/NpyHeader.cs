using System.Buffers.Binary;
using System.Collections.Immutable;
using static ML.TextToModel.Tensors.Formats.Printable;

namespace ML.TextToModel.Tensors.Formats;

/// <summary>What stands before the elements of an npy file.</summary>
internal sealed record NpyHeader(NpyType Type, bool FortranOrder, ImmutableArray<int> Shape, int ElementCount)
{
    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads from the stream's position up to the first element.</summary>
    public static NpyHeader Read(Stream stream, string origin)
    {
        Span<byte> start = stackalloc byte[8];
        ReadExactly(stream, start, origin);
        if (!start.StartsWith(Magic))
            throw new NpyException(NpyFault.BadMagic, origin,
                "The file does not begin as an npy file does; it is something else.");

        (int major, int minor) = (start[6], start[7]);
        if (major is < 1 or > 3 || minor != 0)
            throw new NpyException(NpyFault.UnknownVersion, origin,
                $"The file is of version {major}.{minor}; 1.0, 2.0 and 3.0 are known. Save it again in one of these.");

        byte[] text = new byte[ReadLength(stream, major, origin)];
        ReadExactly(stream, text, origin);
        return Check(new NpyHeaderParser(text, origin).Parse(), origin);
    }

    private static int ReadLength(Stream stream, int major, string origin)
    {
        Span<byte> bytes = stackalloc byte[4];   // two of them in version 1.0, least significant first
        bytes.Clear();
        ReadExactly(stream, major == 1 ? bytes[..2] : bytes, origin);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        return length <= NpyLimits.HeaderBytes
            ? (int)length
            : throw new NpyException(NpyFault.HeaderTooLong, origin,
                $"The header claims {length:N0} bytes; at most {NpyLimits.HeaderBytes:N0} are read. It is damaged.");
    }

    private static NpyHeader Check(NpyHeaderFields fields, string origin)
    {
        string name = fields.Type;
        if (NpyType.IsObject(name))
            throw new NpyException(NpyFault.ObjectType, origin,
                "The elements are pickled Python objects, which could run code and are not read. Save numbers.");
        NpyType type = NpyType.All.FirstOrDefault(known => known.Name == name)
            ?? throw new NpyException(NpyFault.UnsupportedType, origin,
                $"The elements are of type {Quote(name)}; read are " +
                $"{string.Join(", ", NpyType.All.Select(known => known.Name))}. Save them as one of these.");
        if (!PackedSize.TryGet(fields.Shape.AsSpan(), elementBytes: 1, out long count) || count > Array.MaxLength)
            throw new NpyException(NpyFault.TooLarge, origin,
                $"The shape {Printable.Shape(fields.Shape.AsSpan())} has more elements than one array can hold, " +
                $"{Array.MaxLength:N0}. The file is damaged, or must be split.");
        return new NpyHeader(type, fields.FortranOrder, fields.Shape, (int)count);
    }

    private static void ReadExactly(Stream stream, Span<byte> bytes, string origin)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new NpyException(NpyFault.TooShort, origin,
                "The file ends within its header. It is empty or cut short; copy or download it again.");
    }
}
