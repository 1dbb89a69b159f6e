using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>y = x · Wᵀ + b for x (rows, in), W (out, in), b (out), and its gradient.</summary>
internal static unsafe class LinearMap
{
    private const int RowsPerPart = 32;

    public static void Forward(Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        int rows = x.Shape[0], width = x.Shape[1], outputs = weight.Shape[0];
        if (bias is not null)
        {
            FillRows fill = new() { Bias = bias.Pointer, Y = y.Pointer, Rows = rows, Length = outputs };
            Workers.Run((rows + RowsPerPart - 1) / RowsPerPart, ref fill);
        }
        MatrixProduct.Run(
            new MatrixProductShape(1, rows, outputs, width)
            {
                ARow = x.Strides[0], AColumn = x.Strides[1], BRow = weight.Strides[1], BColumn = weight.Strides[0],
                CRow = outputs, Accumulate = bias is not null,
            },
            x.Pointer, weight.Pointer, y.Pointer);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    public static InputGradients Gradient(Node n, Tensor g) => (
        n.Needs(0) ? g.MatMul(n[1]) : null,
        n.Needs(1) ? g.Transpose().MatMul(n[0]) : null,
        n.Inputs.Length > 2 && n.Needs(2) ? g.Sum(0).Reshape(n[2].Shape) : null);

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
