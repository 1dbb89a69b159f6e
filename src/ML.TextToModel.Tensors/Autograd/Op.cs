namespace ML.TextToModel.Tensors.Autograd;

/// <summary>
/// All operations that a gradient can flow through; everything else is composed of these. The derivative of each stands
/// in <see cref="Derivatives"/>.
/// </summary>
internal enum Op
{
    // Elementwise.
    Affine, Add, Multiply, Max, Less, Where, Exp, Log, Sqrt, Reciprocal, Relu, Gelu, Sigmoid,

    // Contracting.
    ReduceSum, ReduceMax, MatMul,

    // Moving.
    Reshape, Permute, Expand, Slice, Pad, Concat, Gather, ScatterAdd,

    // Fused, where a measurement asked for it.
    Linear, Softmax, Attention, LayerNorm, BatchNorm, Convolution, CrossEntropy,
}
