using System.Runtime.CompilerServices;

namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// Kernels over rows of channels: a register of channels goes down all rows with its coefficients, then the next one;
/// the channels that fill no register go one by one.
/// </summary>
internal static unsafe class ChannelLoops<T> where T : unmanaged, IVector<T>
{
    public static void SumSquares(ReadOnlySpan<float> x, ReadOnlySpan<float> mean, Span<float> sums)
    {
        int channels = mean.Length, c = 0;
        fixed (float* px = x, pMean = mean, pSums = sums)
        {
            float* end = px + x.Length;
            for (; c <= channels - T.Count; c += T.Count) SumSquares<T>(px + c, end, channels, pMean + c, pSums + c);
            for (; c < channels; c++) SumSquares<Vector1f>(px + c, end, channels, pMean + c, pSums + c);
        }
    }

    public static void Normalize(ReadOnlySpan<float> x, in ChannelMap map, bool relu, Span<float> y)
    {
        int channels = map.Mean.Length, c = 0;
        fixed (float* px = x, py = y, mean = map.Mean, scale = map.Scale, shift = map.Shift)
        {
            float* end = px + x.Length;
            float floor = relu ? 0 : float.NegativeInfinity;
            for (; c <= channels - T.Count; c += T.Count)
                Normalize(px + c, end, channels, Map<T>.At(mean, scale, shift, c), floor, py + c);
            for (; c < channels; c++)
                Normalize(px + c, end, channels, Map<Vector1f>.At(mean, scale, shift, c), floor, py + c);
        }
    }

    public static void SumGradients(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, Span<float> sums,
        Span<float> products)
    {
        int channels = map.Mean.Length, c = 0;
        fixed (float* px = x, pg = g, mean = map.Mean, scale = map.Scale, shift = map.Shift, ps = sums, pp = products)
        {
            float* end = px + x.Length;
            for (; c <= channels - T.Count; c += T.Count)
                SumGradients(px + c, end, pg + c, channels, Map<T>.At(mean, scale, shift, c), relu, ps + c, pp + c);
            for (; c < channels; c++)
                SumGradients(
                    px + c, end, pg + c, channels, Map<Vector1f>.At(mean, scale, shift, c), relu, ps + c, pp + c);
        }
    }

    public static void NormalizeGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> g, in ChannelMap map, bool relu, ReadOnlySpan<float> slope,
        ReadOnlySpan<float> offset, Span<float> gx)
    {
        int channels = map.Mean.Length, c = 0;
        fixed (float* px = x, pg = g, mean = map.Mean, scale = map.Scale, shift = map.Shift)
        fixed (float* pSlope = slope, pOffset = offset, po = gx)
        {
            float* end = px + x.Length;
            for (; c <= channels - T.Count; c += T.Count)
                NormalizeGradient(
                    px + c, end, pg + c, channels, Map<T>.At(mean, scale, shift, c), relu, T.Load(pSlope + c),
                    T.Load(pOffset + c), po + c);
            for (; c < channels; c++)
                NormalizeGradient(
                    px + c, end, pg + c, channels, Map<Vector1f>.At(mean, scale, shift, c), relu,
                    Vector1f.Load(pSlope + c), Vector1f.Load(pOffset + c), po + c);
        }
    }

    private static void SumSquares<TV>(float* x, float* end, int channels, float* mean, float* sums)
        where TV : unmanaged, IVector<TV>
    {
        TV m = TV.Load(mean), sum = TV.Create(0);
        for (; x < end; x += channels)
        {
            TV deviation = TV.Load(x) - m;
            sum = TV.MultiplyAdd(deviation, deviation, sum);
        }
        sum.Store(sums);
    }

    private static void Normalize<TV>(float* x, float* end, int channels, in Map<TV> map, float floor, float* y)
        where TV : unmanaged, IVector<TV>
    {
        TV least = TV.Create(floor);
        Map<TV> own = map;
        for (; x < end; x += channels, y += channels) TV.Max(own.Of(TV.Load(x)), least).Store(y);
    }

    private static void SumGradients<TV>(
        float* x, float* end, float* g, int channels, in Map<TV> map, bool relu, float* sums, float* products)
        where TV : unmanaged, IVector<TV>
    {
        TV sum = TV.Create(0), product = TV.Create(0);
        Map<TV> own = map;
        for (; x < end; x += channels, g += channels)
        {
            TV value = TV.Load(x), gradient = own.Gradient(value, TV.Load(g), relu);
            sum += gradient;
            product = TV.MultiplyAdd(gradient, value - own.Mean, product);
        }
        sum.Store(sums);
        product.Store(products);
    }

    private static void NormalizeGradient<TV>(
        float* x, float* end, float* g, int channels, in Map<TV> map, bool relu, TV slope, TV offset, float* gx)
        where TV : unmanaged, IVector<TV>
    {
        Map<TV> own = map;
        for (; x < end; x += channels, g += channels, gx += channels)
        {
            TV value = TV.Load(x), gradient = own.Gradient(value, TV.Load(g), relu);
            TV.MultiplyAdd(own.Scale, gradient, TV.MultiplyAdd(slope, value - own.Mean, offset)).Store(gx);
        }
    }

    /// <summary>A register of each coefficient.</summary>
    private readonly struct Map<TV>(TV mean, TV scale, TV shift) where TV : unmanaged, IVector<TV>
    {
        public readonly TV Mean = mean;
        public readonly TV Scale = scale;
        private readonly TV _shift = shift;

        public static Map<TV> At(float* mean, float* scale, float* shift, int channel) =>
            new(TV.Load(mean + channel), TV.Load(scale + channel), TV.Load(shift + channel));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TV Of(TV x) => TV.MultiplyAdd(x - Mean, Scale, _shift);

        /// <summary>The gradient of z, 0 where a ReLU follows and z is not above 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TV Gradient(TV x, TV g, bool relu) => relu ? g * TV.Less(TV.Create(0), Of(x)) : g;
    }
}
