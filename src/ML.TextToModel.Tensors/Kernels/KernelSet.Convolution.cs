namespace ML.TextToModel.Tensors.Kernels;

// Weights are packed once per task, then each image is a kernel call of its own. Where a length of packed weights is 0,
// the set reads the weights as they are.
internal abstract unsafe partial class KernelSet
{
    /// <summary>Floats that <see cref="PackWeights"/> fills for one task.</summary>
    public abstract long PackedWeightLength(in ConvolutionShape s);

    public abstract void PackWeights(in ConvolutionShape s, float* w, float* packed);

    /// <summary>
    /// <paramref name="lines"/> lines from <paramref name="firstLine"/> on of y (OH, OW, O), one image, from the whole
    /// image x (H, W, C) and the weights (O, C / groups, KH, KW) of its task.
    /// </summary>
    public abstract void Convolve(
        in ConvolutionShape s, float* x, float* w, float* packed, float* y, int firstLine, int lines);

    /// <summary>Floats that <see cref="PackInputGradientWeights"/> fills for one task.</summary>
    public abstract long PackedInputGradientWeightLength(in ConvolutionShape s);

    public abstract void PackInputGradientWeights(in ConvolutionShape s, float* w, float* packed);

    /// <summary>gx (H, W, C) of one image from gy (OH, OW, O); written, or added to what is there.</summary>
    public abstract void ConvolveInputGradient(
        in ConvolutionShape s, float* gy, float* w, float* packed, float* gx, bool accumulate);

    /// <summary>Floats of the sums that <see cref="AddWeightGradient"/> takes, in an order of the set's own.</summary>
    public abstract long WeightGradientLength(in ConvolutionShape s);

    /// <summary>Adds what one image x (H, W, C) and gy (OH, OW, O) say of the weights to sums.</summary>
    public abstract void AddWeightGradient(in ConvolutionShape s, float* x, float* gy, float* sums);

    /// <summary>gw (O, C / groups, KH, KW) = the sum over several such sums, one after the other in memory.</summary>
    public abstract void SumWeightGradients(in ConvolutionShape s, float* sums, int count, float* gw);
}
