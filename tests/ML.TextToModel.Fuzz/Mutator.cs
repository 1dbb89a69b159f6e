using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Fuzz;

/// <summary>
/// Makes damaged files out of valid ones. File <c>i</c> of a seed is always the same, so that a failure is repeated by
/// its two numbers.
/// </summary>
internal sealed class Mutator(IReadOnlyList<byte[]> files, ulong seed)
{
    private const int MaxChanges = 6;
    private const int MaxChunk = 64;
    private const int MaxRepeats = 20_000;   // deep enough to exhaust the stack of a reader that recurses

    // Bytes that formats give a meaning to, and the edges of signed and unsigned numbers.
    private static readonly byte[] Bytes =
        [.. "{}[]()\"':,;\\/\n\r\t -+.e019@%?"u8, 0, 1, 0x7F, 0x80, 0xC0, 0xED, 0xFF];

    private static readonly string[] Numbers =
    [
        "0", "-1", "-0", "1.0", "1e3", "1e999", "NaN", "00", "127", "128", "255", "256", "32768", "65535", "65536",
        "1000000", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808",
        "18446744073709551615", "18446744073709551616", "99999999999999999999999999999999999999999999",
    ];

    private static readonly Func<byte[], Rng, byte[]>[] Changes =
        [FlipBit, SetByte, SetInteger, ReplaceNumber, Truncate, Insert, Remove, Duplicate, Repeat, Move];

    private readonly Rng _rng = new(seed);

    /// <summary>The damaged file of this number.</summary>
    public byte[] Create(long iteration)
    {
        Rng rng = _rng.Split((ulong)iteration);
        byte[] data = files[rng.NextInt(files.Count)];
        if (rng.NextInt(8) == 0) data = Splice(data, files[rng.NextInt(files.Count)], rng);
        int changes = 1 + rng.NextInt(1 + rng.NextInt(MaxChanges));   // few are likelier: they get deeper into a reader
        for (int i = 0; i < changes; i++) data = Changes[rng.NextInt(Changes.Length)](data, rng);
        return data;
    }

    private static byte[] FlipBit(byte[] data, Rng rng) =>
        Overwrite(data, rng, size: 1, place => place[0] ^= (byte)(1 << rng.NextInt(8)));

    private static byte[] SetByte(byte[] data, Rng rng) =>
        Overwrite(data, rng, size: 1, place => place[0] = Bytes[rng.NextInt(Bytes.Length)]);

    /// <summary>A little-endian integer of 2, 4 or 8 bytes: small, near a power of two, or near the largest.</summary>
    private static byte[] SetInteger(byte[] data, Rng rng)
    {
        ulong value = (rng.NextInt(2) == 0 ? 0 : 1UL << rng.NextInt(64)) + (ulong)rng.NextInt(-2, 3);
        return Overwrite(data, rng, size: 2 << rng.NextInt(3), place =>
        {
            Span<byte> bytes = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
            bytes[..place.Length].CopyTo(place);
        });
    }

    /// <summary>Another number in decimal digits, in the place of one that stands there or anywhere.</summary>
    private static byte[] ReplaceNumber(byte[] data, Rng rng)
    {
        int start = rng.NextInt(data.Length + 1);
        int digit = data.AsSpan(start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0) start += digit;
        int end = start;
        while (end < data.Length && char.IsAsciiDigit((char)data[end])) end++;
        string number = rng.NextInt(2) == 0
            ? Numbers[rng.NextInt(Numbers.Length)]
            : rng.NextInt(100).ToString(CultureInfo.InvariantCulture);
        return [.. data[..start], .. Encoding.ASCII.GetBytes(number), .. data[end..]];
    }

    private static byte[] Truncate(byte[] data, Rng rng) => data[..rng.NextInt(data.Length + 1)];

    private static byte[] Insert(byte[] data, Rng rng)
    {
        byte[] chunk = new byte[1 + rng.NextInt(MaxChunk)];
        bool plain = rng.NextInt(2) == 0;
        for (int i = 0; i < chunk.Length; i++)
            chunk[i] = plain ? Bytes[rng.NextInt(Bytes.Length)] : (byte)rng.NextUInt64();
        return Insert(data, rng.NextInt(data.Length + 1), chunk);
    }

    private static byte[] Remove(byte[] data, Rng rng)
    {
        (int start, int end) = Chunk(data, rng);
        return [.. data[..start], .. data[end..]];
    }

    private static byte[] Duplicate(byte[] data, Rng rng)
    {
        (int start, int end) = Chunk(data, rng);
        return Insert(data, rng.NextInt(2) == 0 ? end : rng.NextInt(data.Length + 1), data[start..end]);
    }

    /// <summary>One byte many times, such as an opening bracket.</summary>
    private static byte[] Repeat(byte[] data, Rng rng)
    {
        byte[] chunk = new byte[1 + rng.NextInt(rng.NextInt(8) == 0 ? MaxRepeats : MaxChunk)];
        int at = rng.NextInt(data.Length + 1);
        chunk.AsSpan().Fill(at < data.Length && rng.NextInt(2) == 0 ? data[at] : Bytes[rng.NextInt(Bytes.Length)]);
        return Insert(data, at, chunk);
    }

    private static byte[] Move(byte[] data, Rng rng)
    {
        (int start, int end) = Chunk(data, rng);
        byte[] rest = [.. data[..start], .. data[end..]];
        return Insert(rest, rng.NextInt(rest.Length + 1), data[start..end]);
    }

    /// <summary>The beginning of one file and the end of another.</summary>
    private static byte[] Splice(byte[] first, byte[] second, Rng rng) =>
        [.. first[..rng.NextInt(first.Length + 1)], .. second[rng.NextInt(second.Length + 1)..]];

    private static byte[] Overwrite(byte[] data, Rng rng, int size, SpanChange change)
    {
        if (data.Length < size) return data;
        byte[] result = [.. data];
        change(result.AsSpan(rng.NextInt(data.Length - size + 1), size));
        return result;
    }

    private static byte[] Insert(byte[] data, int at, byte[] chunk) => [.. data[..at], .. chunk, .. data[at..]];

    private static (int Start, int End) Chunk(byte[] data, Rng rng)
    {
        int start = rng.NextInt(data.Length + 1);
        return (start, Math.Min(data.Length, start + 1 + rng.NextInt(MaxChunk)));
    }

    private delegate void SpanChange(Span<byte> place);
}
