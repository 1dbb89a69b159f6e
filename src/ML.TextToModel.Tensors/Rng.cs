using System.Numerics;

namespace ML.TextToModel.Tensors;

/// <summary>
/// A seeded source of random numbers that can be split by index. The same seed gives the same numbers on every
/// machine; a child made by <see cref="Split(ulong)"/> depends on the seed and the index alone, never on how many
/// numbers were drawn before, so parallel work that splits by index is reproducible whatever the thread count.
/// Not safe for use by several threads at once: give each its own child.
/// </summary>
/// <remarks>Generator: xoshiro256** (Blackman and Vigna 2018), its state filled by SplitMix64 from the key.</remarks>
public sealed class Rng
{
    private readonly ulong _key;
    private ulong _s0, _s1, _s2, _s3;
    private double _spareNormal = double.NaN;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public Rng(ulong seed)
    {
        _key = seed;
        ulong state = seed;
        _s0 = NextSplitMix(ref state);
        _s1 = NextSplitMix(ref state);
        _s2 = NextSplitMix(ref state);
        _s3 = NextSplitMix(ref state);
    }

    /// <summary>The child number <paramref name="index"/>: an independent generator, the same at every call.</summary>
    public Rng Split(ulong index)
    {
        // Two rounds of mixing keep child 0 of seed 1 apart from child 1 of seed 0.
        ulong state = _key;
        ulong mixed = NextSplitMix(ref state) ^ index;
        return new Rng(NextSplitMix(ref mixed));
    }

    /// <summary>The child named <paramref name="name"/>, for parts of a program that have no natural number.</summary>
    public Rng Split(string name)
    {
        ulong hash = 14695981039346656037;   // FNV-1a, 64 bits
        foreach (char c in name) hash = (hash ^ c) * 1099511628211;
        return Split(hash);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number from 0 to <paramref name="exclusiveMax"/> - 1, all equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        // Lemire 2019: multiply-shift, rejecting the few low products that would favour small results.
        ulong range = (ulong)exclusiveMax;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        if (low < range)
        {
            ulong threshold = (0 - range) % range;
            while (low < threshold) high = Math.BigMul(NextUInt64(), range, out low);
        }
        return (int)high;
    }

    /// <summary>A whole number from <paramref name="min"/> to <paramref name="exclusiveMax"/> - 1.</summary>
    public int NextInt(int min, int exclusiveMax) => min + NextInt(exclusiveMax - min);

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [0, 1) with 24 random bits.</summary>
    public float NextFloat() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A number in [<paramref name="min"/>, <paramref name="max"/>).</summary>
    public double NextUniform(double min, double max) => min + (max - min) * NextDouble();

    /// <summary>
    /// A draw of the standard normal distribution (Box and Muller 1958, both numbers of a pair are used).
    /// </summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * NextDouble());
        _spareNormal = radius * sin;
        return radius * cos;
    }

    /// <summary>Fills <paramref name="values"/> with draws of a normal distribution.</summary>
    public void FillNormal(Span<float> values, double mean = 0, double deviation = 1)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)(mean + deviation * NextNormal());
    }

    /// <summary>
    /// Fills <paramref name="values"/> with draws from <paramref name="min"/> to <paramref name="max"/>, each rounded
    /// to the nearest float, which may be <paramref name="max"/> itself.
    /// </summary>
    public void FillUniform(Span<float> values, double min = 0, double max = 1)
    {
        for (int i = 0; i < values.Length; i++) values[i] = (float)NextUniform(min, max);
    }

    /// <summary>
    /// Puts <paramref name="items"/> into random order (Fisher and Yates), all orders equally likely.
    /// </summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }

    /// <summary>
    /// The generator's full state, to resume a sequence in a later process: pass it to <see cref="Restore"/>.
    /// </summary>
    public ulong[] Save() => [_key, _s0, _s1, _s2, _s3, BitConverter.DoubleToUInt64Bits(_spareNormal)];

    /// <summary>A generator that goes on where <see cref="Save"/> was called.</summary>
    /// <exception cref="ArgumentException">The state does not hold six numbers.</exception>
    public static Rng Restore(ReadOnlySpan<ulong> state)
    {
        if (state.Length != 6)
            throw new ArgumentException($"A state holds 6 numbers, not {state.Length}.", nameof(state));
        return new Rng(state[0])
        {
            _s0 = state[1], _s1 = state[2], _s2 = state[3], _s3 = state[4],
            _spareNormal = BitConverter.UInt64BitsToDouble(state[5]),
        };
    }

    private static ulong NextSplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
