namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>The tables in force: quantization, Huffman codes, and the restart interval (ITU T.81, B.2.4).</summary>
internal sealed class JpegTables
{
    private const int Slots = 4, CoefficientBits = 15;

    /// <summary>Where the coefficients stand that are stored along the diagonals (ITU T.81, figure A.6).</summary>
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Factors in natural order, by slot; null where none was given.</summary>
    public ushort[]?[] Quantization { get; } = new ushort[]?[Slots];

    /// <summary>Codes of the constant coefficients, by slot.</summary>
    public HuffmanTable?[] Constant { get; } = new HuffmanTable?[Slots];

    /// <summary>Codes of the other coefficients, by slot.</summary>
    public HuffmanTable?[] Varying { get; } = new HuffmanTable?[Slots];

    /// <summary>Units from one restart marker to the next; 0 for no such markers.</summary>
    public int RestartInterval { get; private set; }

    public void ReadQuantization(FileBytes file, JpegSegment segment)
    {
        for (int position = segment.Start; position < segment.End;)
        {
            int kind = file.Data[position] >> 4, slot = file.Data[position++] & 15;
            int bytes = JpegComponent.BlockSize << kind;
            if (kind > 1 || slot >= Slots || bytes > segment.End - position) throw Bad(file, segment, "quantization");
            ushort[] table = new ushort[JpegComponent.BlockSize];
            for (int i = 0; i < table.Length; i++)
                table[ZigZag[i]] = kind == 0 ? file.Data[position + i] : (ushort)file.UInt16(position + 2 * i);
            Quantization[slot] = table;
            position += bytes;
        }
    }

    public void ReadHuffman(FileBytes file, JpegSegment segment)
    {
        for (int position = segment.Start; position < segment.End;)
        {
            int kind = file.Data[position] >> 4, slot = file.Data[position++] & 15;
            if (kind > 1 || slot >= Slots || HuffmanTable.MaxLength > segment.End - position)
                throw Bad(file, segment, "Huffman");
            ReadOnlySpan<byte> counts = file.Slice(position, HuffmanTable.MaxLength);
            position += HuffmanTable.MaxLength;
            int symbols = 0;
            foreach (byte count in counts) symbols += count;
            if (symbols > 256 || symbols > segment.End - position) throw Bad(file, segment, "Huffman");
            HuffmanTable? table = HuffmanTable.Create(counts, file.Slice(position, symbols));
            if (table is null || kind == 0 && table.MaxSymbol > CoefficientBits)
            {
                throw file.Fault(DecodingFault.BadHuffmanTable, segment.Start,
                    "a Huffman table holds codes that cannot be. The file is damaged.");
            }
            (kind == 0 ? Constant : Varying)[slot] = table;
            position += symbols;
        }
    }

    public void ReadRestartInterval(FileBytes file, JpegSegment segment)
    {
        if (segment.Length != sizeof(ushort)) throw Bad(file, segment, "restart");
        RestartInterval = file.UInt16(segment.Start);
    }

    private static DecodingException Bad(FileBytes file, JpegSegment segment, string what) =>
        file.Fault(DecodingFault.BadSegment, segment.Start,
            $"a {what} table is damaged: fetch or save the file again.");
}
