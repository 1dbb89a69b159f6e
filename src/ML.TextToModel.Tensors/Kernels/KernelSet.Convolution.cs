namespace ML.TextToModel.Tensors.Kernels;

internal abstract unsafe partial class KernelSet
{
    /// <summary>One image: x (H, W, C) with the weights (O, C / groups, KH, KW) of its task gives y (OH, OW, O).</summary>
    public abstract void Convolve(in ConvolutionShape s, float* x, float* w, float* y);

    /// <summary>One image: adds to gx (H, W, C) what gy (OH, OW, O) says of it.</summary>
    public abstract void ConvolveInputGradient(in ConvolutionShape s, float* gy, float* w, float* gx);

    /// <summary>One image: adds to gw (O, C / groups, KH, KW) what x (H, W, C) and gy (OH, OW, O) say of it.</summary>
    public abstract void ConvolveWeightGradient(in ConvolutionShape s, float* x, float* gy, float* gw);
}
