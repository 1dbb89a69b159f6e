namespace ML.TextToModel.Tensors.Kernels;

/// <summary>The loops over elementwise functions: whole registers first, then the tail one float at a time.</summary>
internal static unsafe class ElementwiseLoops<T> where T : unmanaged, IVector<T>
{
    public static void Unary(UnaryKernel f, ReadOnlySpan<float> x, Span<float> y, float alpha, float beta)
    {
        switch (f)
        {
            case UnaryKernel.Copy: x.CopyTo(y); break;
            case UnaryKernel.Affine: Run<Affine>(x, y, alpha, beta); break;
            case UnaryKernel.Exp: Run<Exp>(x, y, alpha, beta); break;
            case UnaryKernel.Log: Run<Log>(x, y, alpha, beta); break;
            case UnaryKernel.Sqrt: Run<Sqrt>(x, y, alpha, beta); break;
            case UnaryKernel.Reciprocal: Run<Reciprocal>(x, y, alpha, beta); break;
            case UnaryKernel.Relu: Run<Relu>(x, y, alpha, beta); break;
            case UnaryKernel.Clamp: Run<Clamp>(x, y, alpha, beta); break;
            case UnaryKernel.Gelu: Run<Gelu>(x, y, alpha, beta); break;
            case UnaryKernel.Sigmoid: Run<Sigmoid>(x, y, alpha, beta); break;
            default: throw new ArgumentOutOfRangeException(nameof(f), f, null);
        }
    }

    public static void Binary(BinaryKernel f, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        switch (f)
        {
            case BinaryKernel.Add: Run<Add>(a, b, y); break;
            case BinaryKernel.Multiply: Run<Multiply>(a, b, y); break;
            case BinaryKernel.Max: Run<Max>(a, b, y); break;
            case BinaryKernel.Less: Run<Less>(a, b, y); break;
            case BinaryKernel.ReluGradient: Run<ReluGradient>(a, b, y); break;
            case BinaryKernel.GeluGradient: Run<GeluGradient>(a, b, y); break;
            case BinaryKernel.SigmoidGradient: Run<SigmoidGradient>(a, b, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(f), f, null);
        }
    }

    public static void Where(ReadOnlySpan<float> condition, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        int n = y.Length;
        fixed (float* pc = condition[..n], pa = a[..n], pb = b[..n], py = y)
        {
            int i = 0;
            for (; i <= n - T.Count; i += T.Count)
                T.Where(T.Load(pc + i), T.Load(pa + i), T.Load(pb + i)).Store(py + i);
            for (; i < n; i++) py[i] = pc[i] != 0 ? pa[i] : pb[i];
        }
    }

    private static void Run<TFunction>(ReadOnlySpan<float> x, Span<float> y, float alpha, float beta)
        where TFunction : IUnaryFunction
    {
        int n = y.Length;
        fixed (float* px = x[..n], py = y)
        {
            T vectorAlpha = T.Create(alpha), vectorBeta = T.Create(beta);
            Vector1f scalarAlpha = Vector1f.Create(alpha), scalarBeta = Vector1f.Create(beta);
            int i = 0;
            for (; i <= n - T.Count; i += T.Count)
                TFunction.Apply(T.Load(px + i), vectorAlpha, vectorBeta).Store(py + i);
            for (; i < n; i++) TFunction.Apply(Vector1f.Load(px + i), scalarAlpha, scalarBeta).Store(py + i);
        }
    }

    private static void Run<TFunction>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
        where TFunction : IBinaryFunction
    {
        int n = y.Length;
        fixed (float* pa = a[..n], pb = b[..n], py = y)
        {
            int i = 0;
            for (; i <= n - T.Count; i += T.Count) TFunction.Apply(T.Load(pa + i), T.Load(pb + i)).Store(py + i);
            for (; i < n; i++) TFunction.Apply(Vector1f.Load(pa + i), Vector1f.Load(pb + i)).Store(py + i);
        }
    }
}
