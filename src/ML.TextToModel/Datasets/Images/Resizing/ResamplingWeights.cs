namespace ML.TextToModel.Datasets;

/// <summary>For each pixel of a new row, which pixels of the old row it is made of, and with which weights.</summary>
internal sealed class ResamplingWeights
{
    /// <summary>One half in fixed point, to round by.</summary>
    public const int Half = 1 << (FractionBits - 1);

    private const int FractionBits = 32 - 8 - 2;   // sums of bytes times weights fit 32 bits, with room for overshoot

    private readonly int[] _first, _length, _weights;
    private readonly int _most;

    private ResamplingWeights(int sourceCount, int count, int most)
    {
        (SourceCount, Count, _most) = (sourceCount, count, most);
        (_first, _length, _weights) = (new int[count], new int[count], new int[count * most]);
    }

    /// <summary>Pixels of the old row.</summary>
    public int SourceCount { get; }

    /// <summary>Pixels of the new row.</summary>
    public int Count { get; }

    /// <summary>Weights for a change of length.</summary>
    public static ResamplingWeights Of(int source, int target, ResamplingFilter filter)
    {
        double scale = (double)source / target, stretch = Math.Max(1, scale), reach = Reach(filter) * stretch;
        var result = new ResamplingWeights(source, target, (int)Math.Min(source, Math.Ceiling(reach) * 2 + 1));
        double[] weights = new double[result._most];
        for (int i = 0; i < target; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(centre - reach + 0.5)), end = Math.Min(source, (int)(centre + reach + 0.5));
            (result._first[i], result._length[i]) = (first, end - first);
            double sum = 0;
            for (int x = first; x < end; x++) sum += weights[x - first] = Weight(filter, (x - centre + 0.5) / stretch);
            for (int x = 0; x < end - first; x++)
                result._weights[i * result._most + x] = ToFixed(sum != 0 ? weights[x] / sum : weights[x]);
        }
        return result;
    }

    /// <summary>The weights of a new pixel, in fixed point, and the first old pixel that they are for.</summary>
    public ReadOnlySpan<int> At(int index, out int first)
    {
        first = _first[index];
        return _weights.AsSpan(index * _most, _length[index]);
    }

    /// <summary>A sum that began with <see cref="Half"/>, as a grey level.</summary>
    public static byte Round(int sum) => (byte)Math.Clamp(sum >> FractionBits, 0, 255);

    private static int ToFixed(double weight) => (int)(weight * (1 << FractionBits) + (weight < 0 ? -0.5 : 0.5));

    private static double Reach(ResamplingFilter filter) => filter == ResamplingFilter.Bilinear ? 1 : 2;

    private static double Weight(ResamplingFilter filter, double distance)
    {
        const double a = -0.5;
        double x = Math.Abs(distance);
        if (filter == ResamplingFilter.Bilinear) return Math.Max(0, 1 - x);
        return x switch
        {
            < 1 => ((a + 2) * x - (a + 3)) * x * x + 1,
            < 2 => (((x - 5) * x + 8) * x - 4) * a,
            _ => 0,
        };
    }
}
