namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// A canonical prefix code (ITU T.81, annex C and F.2.2.3): short codes are looked up, longer ones found by length.
/// </summary>
internal sealed class HuffmanTable
{
    public const int MaxLength = 16;

    private const int LookupBits = 9;

    private readonly byte[] _symbols;
    private readonly ushort[] _lookup = new ushort[1 << LookupBits];   // length and symbol; 0 for longer codes
    private readonly uint[] _end = new uint[MaxLength + 1];            // first code above those of a length, of 16 bits
    private readonly int[] _offset = new int[MaxLength + 1];           // from a code of a length to its symbol's place

    private HuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>The highest symbol.</summary>
    public int MaxSymbol => _symbols.Length == 0 ? 0 : _symbols.Max();

    /// <param name="counts">How many codes there are of each length from 1 to 16.</param>
    /// <param name="symbols">Their symbols, in the order of the codes.</param>
    /// <returns>null where there are more codes than the lengths allow.</returns>
    public static HuffmanTable? Create(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        var table = new HuffmanTable(symbols.ToArray());
        int code = 0, place = 0;
        for (int length = 1; length <= MaxLength; length++, code <<= 1)
        {
            table._offset[length] = place - code;
            for (int i = 0; i < counts[length - 1]; i++, code++, place++)
            {
                if (length > LookupBits) continue;
                int free = LookupBits - length;
                int first = code << free;
                if (first + (1 << free) > table._lookup.Length) return null;
                table._lookup.AsSpan(first, 1 << free).Fill((ushort)(length << 8 | symbols[place]));
            }
            if (code > 1 << length) return null;
            table._end[length] = (uint)code << (MaxLength - length);
        }
        return table;
    }

    /// <summary>Reads a symbol; -1 where the bits are no code.</summary>
    /// <remarks>Up to 16 bits must be in the reader.</remarks>
    public int Read(BitReader bits)
    {
        int entry = _lookup[bits.Peek(LookupBits)];
        if (entry != 0)
        {
            bits.Skip(entry >> 8);
            return (byte)entry;
        }
        uint next = (uint)bits.Peek(MaxLength);
        for (int length = LookupBits + 1; length <= MaxLength; length++)
        {
            if (next >= _end[length]) continue;
            bits.Skip(length);
            return _symbols[(int)(next >> (MaxLength - length)) + _offset[length]];
        }
        return -1;
    }
}
