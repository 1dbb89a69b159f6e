namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>Decodes what a scan holds of a block of 8×8 coefficients.</summary>
internal interface IBlockDecoder
{
    /// <summary>Reads the part of one block.</summary>
    /// <returns>Whether the data made sense.</returns>
    bool Decode(BitReader bits, in ScanComponent channel, int row, int column);

    /// <summary>Forgets what was remembered of the blocks before, at the start and at a restart marker.</summary>
    void Restart();
}
