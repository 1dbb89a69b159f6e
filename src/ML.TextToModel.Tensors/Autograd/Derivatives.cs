using System.Diagnostics;
using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors.Autograd;

/// <summary>
/// The calculus of the library on one screen: for each operation the gradients of its inputs, given the gradient g of
/// its output. Broadcasting is an explicit Expand, so operands always have equal shapes here.
/// </summary>
internal static class Derivatives
{
    public static InputGradients Of(Node n, Tensor g) => n.Op switch
    {
        Op.Affine     => g.Affine(n.Get<float>(), 0),
        Op.Add        => (g, g),
        Op.Multiply   => (n.Needs(0) ? g * n[1] : null, n.Needs(1) ? g * n[0] : null),
        Op.Max        => OfMax(g, n[1].Less(n[0])),
        Op.Less       => default(InputGradients),
        Op.Where      => (null, Tensor.Where(n[0], g, Tensor.Zero), Tensor.Where(n[0], Tensor.Zero, g)),
        Op.Exp        => g * n.Output,
        Op.Log        => g / n[0],
        Op.Sqrt       => g * n.Output.Reciprocal() * 0.5f,
        Op.Reciprocal => -(g * n.Output * n.Output),
        Op.Relu       => Tensor.Apply(BinaryKernel.ReluGradient, n.Output, g),
        Op.Gelu       => Tensor.Apply(BinaryKernel.GeluGradient, n[0], g),
        Op.Sigmoid    => Tensor.Apply(BinaryKernel.SigmoidGradient, n.Output, g),

        Op.ReduceSum  => g.Expand(n[0].Shape),
        Op.ReduceMax  => OfReduceMax(n, g),
        Op.MatMul     => (n.Needs(0) ? g.MatMul(n[1].Transpose()) : null,
                          n.Needs(1) ? n[0].Transpose().MatMul(g) : null),

        Op.Reshape    => g.Reshape(n[0].Shape),
        Op.Permute    => g.Permute(Movement.Inverse(n.Get<int[]>())),
        Op.Expand     => g.SumTo(n[0].Shape),
        Op.Slice      => Movement.SliceGradient(n.Get<Range[]>(), n[0].Shape, g),
        Op.Pad        => Movement.PadGradient(n.Get<(int, int)[]>(), n[0].Shape, g),
        Op.Concat     => Movement.ConcatGradient(n, g),
        Op.Gather     => g.ScatterAdd(n.Get<int[]>(), n[0].Shape[0]),
        Op.ScatterAdd => g.Gather(n.Get<int[]>()),

        Op.Linear       => LinearMap.Gradient(n, g),
        Op.Softmax      => SoftmaxRows.Gradient(n.Output, g),
        Op.Attention    => AttentionMap.Gradient(n, g),
        Op.LayerNorm    => LayerNormalization.Gradient(n, g),
        Op.BatchNorm    => BatchNormalization.Gradient(n, g),
        Op.Convolution  => ConvolutionMap.Gradient(n, g),
        Op.CrossEntropy => CrossEntropyLoss.Gradient(n, g),
        _ => throw new UnreachableException($"No derivative for {n.Op}."),
    };

    // Where both are equal the second operand gets the gradient, so that relu(0) = max(0, 0) passes none to its input.
    private static InputGradients OfMax(Tensor g, Tensor firstIsLarger) => (g * firstIsLarger, g * (1 - firstIsLarger));

    // Equal maxima share the gradient.
    private static InputGradients OfReduceMax(Node n, Tensor g)
    {
        Tensor isMax = 1 - n[0].Less(n.Output.Expand(n[0].Shape));
        return (g / isMax.SumTo(g.Shape)).Expand(n[0].Shape) * isMax;
    }
}
