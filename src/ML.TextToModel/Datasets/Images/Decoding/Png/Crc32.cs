namespace ML.TextToModel.Datasets.Png;

/// <summary>The checksum of PNG chunks: CRC-32 as in ISO 3309 (PNG, third edition, annex D).</summary>
internal static class Crc32
{
    private const uint ReversedPolynomial = 0xEDB88320;
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes) crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint crc = n;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? ReversedPolynomial ^ (crc >> 1) : crc >> 1;
            table[n] = crc;
        }
        return table;
    }
}
