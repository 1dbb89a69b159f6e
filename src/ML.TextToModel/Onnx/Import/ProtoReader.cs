using System.Buffers.Binary;
using System.Text;

namespace ML.TextToModel.Onnx;

/// <summary>
/// Reads one protocol buffer message field by field (protobuf.dev, "Encoding"): what <see cref="ProtoWriter"/> writes,
/// and whatever others write. Nothing is copied; memory never grows by what a message claims.
/// </summary>
internal ref struct ProtoReader(ReadOnlyMemory<byte> message)
{
    private const int MaxVarintBytes = 10;

    private ReadOnlyMemory<byte> _rest = message;
    private ulong _number;

    private enum Wire { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 }

    /// <summary>The number of the field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Whether it is a run of bytes: a text, a message, or packed numbers.</summary>
    public bool IsBytes { get; private set; }

    /// <summary>Its bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Its number, as it is written; the bits of a float.</summary>
    public readonly long Integer => IsBytes ? throw Malformed("A number is no number") : (long)_number;

    /// <summary>Its number as a float.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Integer);

    /// <summary>Its message or text.</summary>
    public readonly ReadOnlyMemory<byte> Message => IsBytes ? Bytes : throw Malformed("A message is a number");

    /// <summary>Its text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Message.Span);

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="OnnxException">The message is malformed.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty) return false;
        ulong tag = Varint();
        if (tag >> 3 is 0 or > int.MaxValue) throw Malformed("A field has no valid number");
        Field = (int)(tag >> 3);
        Wire wire = (Wire)(tag & 7);
        IsBytes = wire == Wire.Bytes;
        switch (wire)
        {
            case Wire.Varint: _number = Varint(); break;
            case Wire.Fixed64: _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span); break;
            case Wire.Fixed32: _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span); break;
            case Wire.Bytes: Bytes = Take(Varint()); break;
            default: throw Malformed("A field has an unknown type");
        }
        return true;
    }

    /// <summary>Adds the numbers of a repeated field, packed or not.</summary>
    public readonly void AddIntegers(List<long> list, int most)
    {
        if (IsBytes)
        {
            ProtoReader packed = new(Bytes);
            while (!packed._rest.IsEmpty) Add(list, (long)packed.Varint(), most);
        }
        else
        {
            Add(list, Integer, most);
        }
    }

    /// <inheritdoc cref="AddIntegers"/>
    public readonly void AddSingles(List<float> list, int most)
    {
        if (IsBytes)
        {
            ProtoReader packed = new(Bytes);
            while (!packed._rest.IsEmpty)
                Add(list, BinaryPrimitives.ReadSingleLittleEndian(packed.Take(sizeof(float)).Span), most);
        }
        else
        {
            Add(list, Single, most);
        }
    }

    /// <summary>Adds to a list that must not become longer than <paramref name="most"/>.</summary>
    public static void Add<T>(List<T> list, T value, int most)
    {
        if (list.Count >= most) throw new OnnxException(OnnxFault.TooLarge, $"A list has more than {most} entries.");
        list.Add(value);
    }

    private ulong Varint()
    {
        ulong value = 0;
        ReadOnlySpan<byte> bytes = _rest.Span;
        for (int i = 0; i < Math.Min(bytes.Length, MaxVarintBytes); i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        throw Malformed("A number does not end");
    }

    private ReadOnlyMemory<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length) throw Malformed("A field is longer than its message");
        ReadOnlyMemory<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private static OnnxException Malformed(string what) =>
        new(OnnxFault.Malformed, $"{what}. The file is damaged or no ONNX file.");
}
