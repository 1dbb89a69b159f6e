namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class VectorKernels<T>
{
    /// <inheritdoc/>
    public override void Convolve(in ConvolutionShape s, float* x, float* w, float* y) => s_scalar.Convolve(s, x, w, y);

    /// <inheritdoc/>
    public override void ConvolveInputGradient(in ConvolutionShape s, float* gy, float* w, float* gx) =>
        s_scalar.ConvolveInputGradient(s, gy, w, gx);

    /// <inheritdoc/>
    public override void ConvolveWeightGradient(in ConvolutionShape s, float* x, float* gy, float* gw) =>
        s_scalar.ConvolveWeightGradient(s, x, gy, gw);
}
