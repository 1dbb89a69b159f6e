using System.Runtime.Intrinsics;

namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>
/// The inverse cosine transform of 8×8 coefficients in integers: the algorithm of Loeffler, Ligtenberg and Moschytz
/// (ICASSP 1989) with 13 bits behind the point, to the same bits as the accurate one of libjpeg ("islow").
/// </summary>
internal static class InverseDct
{
    private const int Side = JpegComponent.BlockSide, Size = JpegComponent.BlockSize;
    private const int FractionBits = 13, ExtraBits = 2;   // between the passes the values keep two more bits
    private const int Centre = 128, One = 1 << FractionBits;

    // Sines and cosines of multiples of 1/16 of a half turn, and sums of them, by their values.
    private const int F0_298631336 = (int)(0.298631336 * One + 0.5);
    private const int F0_390180644 = (int)(0.390180644 * One + 0.5);
    private const int F0_541196100 = (int)(0.541196100 * One + 0.5);
    private const int F0_765366865 = (int)(0.765366865 * One + 0.5);
    private const int F0_899976223 = (int)(0.899976223 * One + 0.5);
    private const int F1_175875602 = (int)(1.175875602 * One + 0.5);
    private const int F1_501321110 = (int)(1.501321110 * One + 0.5);
    private const int F1_847759065 = (int)(1.847759065 * One + 0.5);
    private const int F1_961570560 = (int)(1.961570560 * One + 0.5);
    private const int F2_053119869 = (int)(2.053119869 * One + 0.5);
    private const int F2_562915447 = (int)(2.562915447 * One + 0.5);
    private const int F3_072711026 = (int)(3.072711026 * One + 0.5);

    /// <param name="coefficients">64, row by row, the constant one first.</param>
    /// <param name="quantization">What to multiply each by.</param>
    /// <param name="samples">Gets 8 rows of 8 samples.</param>
    /// <param name="stride">Samples from one row to the next.</param>
    public static void Run(
        ReadOnlySpan<short> coefficients, ReadOnlySpan<ushort> quantization, Span<byte> samples, int stride)
    {
        Span<int> block = stackalloc int[Size];
        if (!coefficients[1..].ContainsAnyExcept((short)0))
        {
            int flat = Descale(coefficients[0] * quantization[0] << ExtraBits, ExtraBits + 3) + Centre;
            for (int y = 0; y < Side; y++) samples.Slice(y * stride, Side).Fill((byte)Math.Clamp(flat, 0, 255));
            return;
        }
        for (int i = 0; i < Size; i++) block[i] = coefficients[i] * quantization[i];
        Columns(block, FractionBits - ExtraBits);
        Transpose(block);
        Columns(block, FractionBits + ExtraBits + 3);   // the transform is eight times too large
        for (int y = 0; y < Side; y++)
        {
            Span<byte> row = samples.Slice(y * stride, Side);
            for (int x = 0; x < Side; x++) row[x] = (byte)Math.Clamp(block[x * Side + y] + Centre, 0, 255);
        }
    }

    /// <summary>Transforms the eight columns side by side, and drops bits, rounding.</summary>
    private static void Columns(Span<int> block, int dropped)
    {
        Vector256<int> x0 = Row(block, 0), x1 = Row(block, 1), x2 = Row(block, 2), x3 = Row(block, 3);
        Vector256<int> x4 = Row(block, 4), x5 = Row(block, 5), x6 = Row(block, 6), x7 = Row(block, 7);

        // The even half: a rotation of the coefficients 2 and 6, a butterfly of 0 and 4.
        Vector256<int> turn = (x2 + x6) * F0_541196100;
        Vector256<int> a2 = turn - x6 * F1_847759065, a3 = turn + x2 * F0_765366865;
        Vector256<int> a0 = (x0 + x4) << FractionBits, a1 = (x0 - x4) << FractionBits;
        Vector256<int> even0 = a0 + a3, even1 = a1 + a2, even2 = a1 - a2, even3 = a0 - a3;

        // The odd half: figure 8 of the paper, where the sums z1 to z4 are rotated.
        Vector256<int> z5 = (x7 + x3 + x5 + x1) * F1_175875602;
        Vector256<int> z1 = (x7 + x1) * -F0_899976223, z2 = (x5 + x3) * -F2_562915447;
        Vector256<int> z3 = (x7 + x3) * -F1_961570560 + z5, z4 = (x5 + x1) * -F0_390180644 + z5;
        Vector256<int> odd3 = x7 * F0_298631336 + z1 + z3, odd2 = x5 * F2_053119869 + z2 + z4;
        Vector256<int> odd1 = x3 * F3_072711026 + z2 + z3, odd0 = x1 * F1_501321110 + z1 + z4;

        Vector256<int> half = Vector256.Create(1 << (dropped - 1));
        Put(block, 0, even0 + odd0 + half >> dropped);
        Put(block, 1, even1 + odd1 + half >> dropped);
        Put(block, 2, even2 + odd2 + half >> dropped);
        Put(block, 3, even3 + odd3 + half >> dropped);
        Put(block, 4, even3 - odd3 + half >> dropped);
        Put(block, 5, even2 - odd2 + half >> dropped);
        Put(block, 6, even1 - odd1 + half >> dropped);
        Put(block, 7, even0 - odd0 + half >> dropped);
    }

    private static Vector256<int> Row(Span<int> block, int row) => Vector256.Create<int>(block.Slice(row * Side, Side));

    private static void Put(Span<int> block, int row, Vector256<int> values) =>
        values.CopyTo(block.Slice(row * Side, Side));

    private static void Transpose(Span<int> block)
    {
        for (int y = 1; y < Side; y++)
            for (int x = 0; x < y; x++)
                (block[y * Side + x], block[x * Side + y]) = (block[x * Side + y], block[y * Side + x]);
    }

    private static int Descale(int value, int bits) => (value + (1 << (bits - 1))) >> bits;
}
