namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// Blocks that are stored whole (ITU T.81, F.2.2): decoded, transformed and forgotten, so that an image takes no more
/// memory than its samples.
/// </summary>
internal sealed class SequentialDecoder : IBlockDecoder
{
    private const int SkipSixteen = 15;

    private readonly short[] _block = new short[JpegComponent.BlockSize];

    public bool Decode(BitReader bits, in ScanComponent channel, int row, int column)
    {
        JpegComponent component = channel.Component;
        _block.AsSpan().Clear();
        bits.Fill();
        int size = channel.Constant!.Read(bits);
        if (size < 0) return false;
        component.Prediction += bits.ReadSigned(size);
        _block[0] = (short)component.Prediction;
        for (int k = 1; k < JpegComponent.BlockSize; k++)
        {
            bits.Fill();
            int symbol = channel.Varying!.Read(bits);
            if (symbol < 0) return false;
            (int zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros != SkipSixteen) break;   // only zeros follow
            k += zeros;
            if (k >= JpegComponent.BlockSize) return false;
            if (size > 0) _block[JpegTables.ZigZag[k]] = (short)bits.ReadSigned(size);
        }
        InverseDct.Run(_block, component.Quantization, component.SamplesOf(row, column), component.Stride);
        return true;
    }

    public void Restart() { }
}
