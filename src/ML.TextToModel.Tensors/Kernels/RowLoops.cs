namespace ML.TextToModel.Tensors.Kernels;

/// <summary>Kernels over rows: sums, softmax, layer norm, AdamW. Written once for a register of any width.</summary>
internal static unsafe class RowLoops<T> where T : unmanaged, IVector<T>
{
    // Floats are added up in registers over a block; blocks in a double. 64 registers per block keep the rounding error
    // of a sum near that of its last addition, and a block takes long enough to hide the step to double.
    private const int RegistersPerBlock = 64;
    private const int RowsPerBlock = 32;
    private const int ColumnsPerTile = 128;

    public static double Sum(ReadOnlySpan<float> x) => SumOf<Identity>(x, x, 0);

    public static double SumOfSquares(ReadOnlySpan<float> x) => SumOf<Product>(x, x, 0);

    public static float Max(ReadOnlySpan<float> x)
    {
        float max = float.NegativeInfinity;
        fixed (float* p = x)
        {
            int i = 0;
            if (x.Length >= T.Count)
            {
                T m = T.Load(p);
                for (i = T.Count; i <= x.Length - T.Count; i += T.Count) m = T.Max(m, T.Load(p + i));
                max = T.MaxAcross(m);
            }
            for (; i < x.Length; i++) max = MathF.Max(max, p[i]);
        }
        return max;
    }

    public static void SumRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y)
    {
        float* block = stackalloc float[ColumnsPerTile];
        double* total = stackalloc double[ColumnsPerTile];
        fixed (float* px = x)
        {
            for (int left = 0; left < y.Length; left += ColumnsPerTile)
            {
                int columns = Math.Min(ColumnsPerTile, y.Length - left);
                new Span<double>(total, columns).Clear();
                for (int top = 0; top < rows; top += RowsPerBlock)
                {
                    new Span<float>(block, columns).Clear();
                    int bottom = Math.Min(top + RowsPerBlock, rows);
                    for (int i = top; i < bottom; i++) AddTo(px + (long)i * stride + left, block, columns);
                    for (int j = 0; j < columns; j++) total[j] += block[j];
                }
                for (int j = 0; j < columns; j++) y[left + j] = (float)total[j];
            }
        }
    }

    public static void MaxRows(ReadOnlySpan<float> x, int rows, int stride, Span<float> y)
    {
        y.Fill(float.NegativeInfinity);
        fixed (float* px = x, py = y)
        {
            for (int i = 0; i < rows; i++)
            {
                float* row = px + (long)i * stride;
                int j = 0;
                for (; j <= y.Length - T.Count; j += T.Count) T.Max(T.Load(py + j), T.Load(row + j)).Store(py + j);
                for (; j < y.Length; j++) py[j] = MathF.Max(py[j], row[j]);
            }
        }
    }

    public static void Softmax(ReadOnlySpan<float> x, Span<float> y)
    {
        float max = Max(x);
        // A row without a finite entry (all masked) would give NaN; it becomes zeros.
        if (float.IsNegativeInfinity(max))
        {
            y.Clear();
            return;
        }
        ElementwiseLoops<T>.Unary(UnaryKernel.Affine, x, y, 1, -max);
        ElementwiseLoops<T>.Unary(UnaryKernel.Exp, y, y, 1, 0);
        ElementwiseLoops<T>.Unary(UnaryKernel.Affine, y, y, (float)(1 / Sum(y)), 0);
    }

    public static void SoftmaxGradient(ReadOnlySpan<float> y, ReadOnlySpan<float> gy, Span<float> gx)
    {
        float dot = (float)SumOf<Product>(y, gy, 0);
        fixed (float* py = y, pg = gy, px = gx)
        {
            int i = 0;
            for (; i <= gx.Length - T.Count; i += T.Count)
                (T.Load(py + i) * (T.Load(pg + i) - T.Create(dot))).Store(px + i);
            for (; i < gx.Length; i++) px[i] = py[i] * (pg[i] - dot);
        }
    }

    public static (float Mean, float InverseDeviation) LayerNorm(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y)
    {
        int n = x.Length;
        double mean = Sum(x) / n;
        double variance = SumOf<SquaredDeviation>(x, x, (float)mean) / n;
        float shift = (float)mean;
        float scale = (float)(1 / Math.Sqrt(variance + epsilon));
        fixed (float* px = x, pGamma = gamma, pBeta = beta, py = y)
        {
            T vectorShift = T.Create(shift), vectorScale = T.Create(scale);
            bool affine = gamma.Length == n;
            int i = 0;
            for (; i <= n - T.Count; i += T.Count)
            {
                T normal = (T.Load(px + i) - vectorShift) * vectorScale;
                (affine ? T.MultiplyAdd(normal, T.Load(pGamma + i), T.Load(pBeta + i)) : normal).Store(py + i);
            }
            for (; i < n; i++)
            {
                float normal = (px[i] - shift) * scale;
                py[i] = affine ? normal * pGamma[i] + pBeta[i] : normal;
            }
        }
        return (shift, scale);
    }

    public static void LayerNormGradient(
        ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> gy, float mean, float inverseDeviation,
        Span<float> gx, Span<float> gGamma, Span<float> gBeta)
    {
        // With h = gy · gamma: gx = (h - mean(h) - x̂ · mean(h · x̂)) / deviation.
        int n = x.Length;
        bool affine = gamma.Length == n;
        fixed (float* px = x, pGamma = gamma, pg = gy, po = gx, pgGamma = gGamma, pgBeta = gBeta)
        {
            T shift = T.Create(mean), scale = T.Create(inverseDeviation), one = T.Create(1);
            double sumH = 0, sumHx = 0;
            int i = 0;
            for (int blockEnd; i <= n - T.Count;)
            {
                T h = T.Create(0), hx = T.Create(0);
                for (blockEnd = Math.Min(n, i + RegistersPerBlock * T.Count); i <= blockEnd - T.Count; i += T.Count)
                {
                    T g = T.Load(pg + i);
                    T normal = (T.Load(px + i) - shift) * scale;
                    if (affine)
                    {
                        T.MultiplyAdd(g, normal, T.Load(pgGamma + i)).Store(pgGamma + i);
                        (T.Load(pgBeta + i) + g).Store(pgBeta + i);
                        g *= T.Load(pGamma + i);
                    }
                    h += g;
                    hx = T.MultiplyAdd(g, normal, hx);
                }
                sumH += T.Sum(h);
                sumHx += T.Sum(hx);
            }
            for (; i < n; i++)
            {
                float g = pg[i];
                float normal = (px[i] - mean) * inverseDeviation;
                if (affine)
                {
                    pgGamma[i] += g * normal;
                    pgBeta[i] += g;
                    g *= pGamma[i];
                }
                sumH += g;
                sumHx += g * normal;
            }
            float meanH = (float)(sumH / n), meanHx = (float)(sumHx / n);
            T vectorMeanH = T.Create(meanH), vectorMeanHx = T.Create(meanHx);
            for (i = 0; i <= n - T.Count; i += T.Count)
            {
                T normal = (T.Load(px + i) - shift) * scale;
                T h = T.Load(pg + i) * (affine ? T.Load(pGamma + i) : one);
                ((h - vectorMeanH - normal * vectorMeanHx) * scale).Store(po + i);
            }
            for (; i < n; i++)
            {
                float normal = (px[i] - mean) * inverseDeviation;
                po[i] = (pg[i] * (affine ? pGamma[i] : 1) - meanH - normal * meanHx) * inverseDeviation;
            }
        }
    }

    public static void AdamW(
        in AdamWStep s, Span<float> parameter, ReadOnlySpan<float> gradient, Span<float> m, Span<float> v)
    {
        fixed (float* pp = parameter, pg = gradient, pm = m, pv = v)
        {
            int i = 0;
            for (; i <= parameter.Length - T.Count; i += T.Count) AdamWStep<T>(s, pp + i, pg + i, pm + i, pv + i);
            for (; i < parameter.Length; i++) AdamWStep<Vector1f>(s, pp + i, pg + i, pm + i, pv + i);
        }
    }

    public static void AddScaled(ReadOnlySpan<float> x, float scale, Span<float> target)
    {
        fixed (float* px = x, py = target)
        {
            T vectorScale = T.Create(scale);
            int i = 0;
            for (; i <= target.Length - T.Count; i += T.Count)
                T.MultiplyAdd(T.Load(px + i), vectorScale, T.Load(py + i)).Store(py + i);
            for (; i < target.Length; i++) py[i] += px[i] * scale;
        }
    }

    public static void AddRow(ReadOnlySpan<float> row, float low, float high, Span<float> rows)
    {
        int width = row.Length;
        fixed (float* px = row, py = rows)
        {
            T least = T.Create(low), most = T.Create(high);
            for (float* y = py, end = py + rows.Length; y < end; y += width)
            {
                int j = 0;
                for (; j <= width - T.Count; j += T.Count)
                    T.Min(T.Max(T.Load(y + j) + T.Load(px + j), least), most).Store(y + j);
                for (; j < width; j++) y[j] = MathF.Min(MathF.Max(y[j] + px[j], low), high);
            }
        }
    }

    private static void AdamWStep<TV>(in AdamWStep s, float* parameter, float* gradient, float* m, float* v)
        where TV : unmanaged, IVector<TV>
    {
        TV g = TV.Load(gradient) * TV.Create(s.GradientScale);
        TV mean = TV.MultiplyAdd(TV.Create(1 - s.Beta1), g, TV.Create(s.Beta1) * TV.Load(m));
        TV square = TV.MultiplyAdd(TV.Create(1 - s.Beta2) * g, g, TV.Create(s.Beta2) * TV.Load(v));
        mean.Store(m);
        square.Store(v);
        TV root = TV.Sqrt(square * TV.Create(s.Correction2)) + TV.Create(s.Epsilon);
        TV kept = TV.Load(parameter) * TV.Create(1 - s.Rate * s.Decay);
        (kept - TV.Create(s.Rate * s.Correction1) * mean / root).Store(parameter);
    }

    private static void AddTo(float* x, float* y, int n)
    {
        int i = 0;
        for (; i <= n - T.Count; i += T.Count) (T.Load(y + i) + T.Load(x + i)).Store(y + i);
        for (; i < n; i++) y[i] += x[i];
    }

    private static double SumOf<TTerm>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, float shift) where TTerm : ITerm
    {
        double total = 0;
        fixed (float* pa = a, pb = b)
        {
            int n = a.Length, i = 0;
            while (i <= n - T.Count)
            {
                int blockEnd = Math.Min(n, i + RegistersPerBlock * T.Count);
                T sum = T.Create(0);
                for (; i <= blockEnd - T.Count; i += T.Count)
                    sum += TTerm.Of(T.Load(pa + i), T.Load(pb + i), T.Create(shift));
                total += T.Sum(sum);
            }
            for (; i < n; i++)
            {
                float term;
                TTerm.Of(Vector1f.Load(pa + i), Vector1f.Load(pb + i), Vector1f.Create(shift)).Store(&term);
                total += term;
            }
        }
        return total;
    }

    private interface ITerm
    {
        static abstract TV Of<TV>(TV a, TV b, TV shift) where TV : unmanaged, IVector<TV>;
    }

    private readonly struct Identity : ITerm
    {
        public static TV Of<TV>(TV a, TV b, TV shift) where TV : unmanaged, IVector<TV> => a;
    }

    private readonly struct Product : ITerm
    {
        public static TV Of<TV>(TV a, TV b, TV shift) where TV : unmanaged, IVector<TV> => a * b;
    }

    private readonly struct SquaredDeviation : ITerm
    {
        public static TV Of<TV>(TV a, TV b, TV shift) where TV : unmanaged, IVector<TV> => (a - shift) * (a - shift);
    }
}
