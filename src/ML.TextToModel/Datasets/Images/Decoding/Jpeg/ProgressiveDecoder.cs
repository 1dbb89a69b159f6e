namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Blocks that several scans build up (ITU T.81, G.2): first coarse values, then bit by bit; the constant coefficients
/// apart from the others.
/// </summary>
internal sealed class ProgressiveDecoder(JpegScan scan) : IBlockDecoder
{
    private const int SkipSixteen = 15;

    private int _emptyBlocks;   // blocks to come, this one included, without new coefficients (end-of-band run)

    public bool Decode(BitReader bits, in ScanComponent channel, int row, int column)
    {
        Span<short> block = channel.Component.CoefficientsOf(row, column);
        bits.Fill();
        return (scan.First == 0, scan.IsRefinement) switch
        {
            (true, false) => ReadConstant(bits, channel, block),
            (true, true) => RefineConstant(bits, block),
            (false, false) => ReadVarying(bits, channel.Varying!, block),
            (false, true) => RefineVarying(bits, channel.Varying!, block),
        };
    }

    public void Restart() => _emptyBlocks = 0;

    private bool ReadConstant(BitReader bits, in ScanComponent channel, Span<short> block)
    {
        int size = channel.Constant!.Read(bits);
        if (size < 0) return false;
        channel.Component.Prediction += bits.ReadSigned(size);
        block[0] = (short)(channel.Component.Prediction << scan.LowBit);
        return true;
    }

    private bool RefineConstant(BitReader bits, Span<short> block)
    {
        if (bits.Read(1) == 1) block[0] |= (short)(1 << scan.LowBit);
        return true;
    }

    private bool ReadVarying(BitReader bits, HuffmanTable table, Span<short> block)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return true;
        }
        for (int k = scan.First; k <= scan.Last; k++)
        {
            bits.Fill();
            int symbol = table.Read(bits);
            if (symbol < 0) return false;
            (int zeros, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros != SkipSixteen)
            {
                _emptyBlocks = RunLength(bits, zeros) - 1;
                break;
            }
            k += zeros;
            if (k > scan.Last) return false;
            if (size > 0) block[JpegTables.ZigZag[k]] = (short)(bits.ReadSigned(size) << scan.LowBit);
        }
        return true;
    }

    /// <summary>
    /// Coefficients that are not zero yet get one more bit each as they are passed; new ones are 1 or -1 at that bit.
    /// </summary>
    private bool RefineVarying(BitReader bits, HuffmanTable table, Span<short> block)
    {
        int k = scan.First;
        while (_emptyBlocks == 0 && k <= scan.Last)
        {
            bits.Fill();
            int symbol = table.Read(bits);
            if (symbol < 0) return false;
            (int zeros, int size) = (symbol >> 4, symbol & 15);
            short added = 0;
            if (size == 0 && zeros != SkipSixteen)
            {
                _emptyBlocks = RunLength(bits, zeros);
                break;
            }
            if (size > 1) return false;
            if (size == 1) added = (short)(bits.Read(1) == 1 ? 1 << scan.LowBit : -1 << scan.LowBit);
            k = Pass(bits, block, k, zeros);
            if (k > scan.Last && added != 0) return false;
            if (added != 0) block[JpegTables.ZigZag[k]] = added;
            k++;
        }
        if (_emptyBlocks == 0) return true;
        Pass(bits, block, k, JpegComponent.BlockSize);
        _emptyBlocks--;
        return true;
    }

    /// <summary>
    /// Refines coefficients from the <paramref name="k"/>-th on until so many zeros are passed; the place of the next
    /// zero.
    /// </summary>
    private int Pass(BitReader bits, Span<short> block, int k, int zeros)
    {
        for (; k <= scan.Last; k++)
        {
            ref short value = ref block[JpegTables.ZigZag[k]];
            if (value == 0)
            {
                if (zeros-- == 0) break;
                continue;
            }
            bits.Fill();
            int bit = 1 << scan.LowBit;
            if (bits.Read(1) == 1 && (value & bit) == 0) value += (short)(value >= 0 ? bit : -bit);
        }
        return k;
    }

    /// <summary>The number of blocks of a run whose length has so many bits behind the leading one.</summary>
    private static int RunLength(BitReader bits, int size) => (1 << size) + (size > 0 ? bits.Read(size) : 0);
}
