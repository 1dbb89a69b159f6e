using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>y = x · Wᵀ + b over the last axis, for x (…, in), W (out, in), b (out), and its gradient.</summary>
internal static unsafe class LinearMap
{
    private const int RowsPerPart = 32;

    /// <summary>The input is contiguous.</summary>
    public static void Forward(Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        (int rows, int width, int outputs) = Sizes(x, weight);
        if (bias is not null)
        {
            FillRows fill = new() { Bias = bias.Pointer, Y = y.Pointer, Rows = rows, Length = outputs };
            Workers.Run((rows + RowsPerPart - 1) / RowsPerPart, ref fill);
        }
        MatrixProduct.Run(
            new MatrixProductShape(1, rows, outputs, width)
            {
                ARow = width, AColumn = 1, BRow = weight.Strides[1], BColumn = weight.Strides[0],
                CRow = outputs, Accumulate = bias is not null,
            },
            x.Pointer, weight.Pointer, y.Pointer);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    public static InputGradients Gradient(Node n, Tensor g)
    {
        g = g.Contiguous();
        return (
            n.Needs(0) ? OfInput(n[0], n[1], g) : null,
            n.Needs(1) ? OfWeight(n[0], n[1], g) : null,
            n.Inputs.Length > 2 && n.Needs(2) ? OfBias(n[2], g) : null);
    }

    // g · W.
    private static Tensor OfInput(Tensor x, Tensor weight, Tensor g)
    {
        (int rows, int width, int outputs) = Sizes(x, weight);
        Tensor gx = Tensor.Empty(x.Shape);
        MatrixProduct.Run(
            new MatrixProductShape(1, rows, width, outputs)
            {
                ARow = outputs, AColumn = 1, BRow = weight.Strides[0], BColumn = weight.Strides[1], CRow = width,
            },
            g.Pointer, weight.Pointer, gx.Pointer);
        GC.KeepAlive(g);
        return gx;
    }

    // gᵀ · x.
    private static Tensor OfWeight(Tensor x, Tensor weight, Tensor g)
    {
        (int rows, int width, int outputs) = Sizes(x, weight);
        Tensor gWeight = Tensor.Empty(weight.Shape);
        MatrixProduct.Run(
            new MatrixProductShape(1, outputs, width, rows)
            {
                ARow = 1, AColumn = outputs, BRow = width, BColumn = 1, CRow = width,
            },
            g.Pointer, x.Pointer, gWeight.Pointer);
        GC.KeepAlive(g);
        return gWeight;
    }

    // Σ over rows of g.
    private static Tensor OfBias(Tensor bias, Tensor g)
    {
        Tensor gBias = Tensor.Empty(bias.Shape);
        Reduction.Run(sum: true, g, axes: (1 << (g.Shape.Rank - 1)) - 1, gBias);
        return gBias;
    }

    private static (int Rows, int Width, int Outputs) Sizes(Tensor x, Tensor weight) =>
        (x.Shape.Remove(-1).ElementCount, weight.Shape[1], weight.Shape[0]);

    private struct FillRows : IParallelJob
    {
        public float* Bias, Y;
        public int Rows, Length;

        public readonly void Run(int part)
        {
            ReadOnlySpan<float> bias = new(Bias, Length);
            int end = Math.Min(Rows, (part + 1) * RowsPerPart);
            for (int i = part * RowsPerPart; i < end; i++) bias.CopyTo(new(Y + (long)i * Length, Length));
        }
    }
}
