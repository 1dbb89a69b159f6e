namespace ML.TextToModel.Tensors.Kernels;

// y[oy, ox, o] = sum over ky, kx, c of w[o, c, ky, kx] * x[oy * stride + ky - padding, ox * stride + kx - padding, c],
// where c runs over the channels of o's group and pixels outside the image are zero. The gradients are its derivatives.
internal sealed unsafe partial class ScalarKernels
{
    private delegate void Term(ref float y, ref float w, ref float x);

    /// <inheritdoc/>
    public override long PackedWeightLength(in ConvolutionShape s) => 0;

    /// <inheritdoc/>
    public override void PackWeights(in ConvolutionShape s, float* w, float* packed)
    {
        // The weights are read as they are.
    }

    /// <inheritdoc/>
    public override void Convolve(
        in ConvolutionShape s, float* x, float* w, float* packed, float* y, int firstLine, int lines)
    {
        int line = s.OutWidth * s.OutChannels;
        new Span<float>(y + firstLine * line, lines * line).Clear();
        ForEachTerm(s, firstLine, lines, y, w, x, static (ref y, ref w, ref x) => y += w * x);
    }

    /// <inheritdoc/>
    public override long PackedInputGradientWeightLength(in ConvolutionShape s) => 0;

    /// <inheritdoc/>
    public override void PackInputGradientWeights(in ConvolutionShape s, float* w, float* packed)
    {
        // The weights are read as they are.
    }

    /// <inheritdoc/>
    public override void ConvolveInputGradient(
        in ConvolutionShape s, float* gy, float* w, float* packed, float* gx, bool accumulate)
    {
        if (!accumulate) new Span<float>(gx, s.Height * s.Width * s.InChannels).Clear();
        ForEachTerm(s, 0, s.OutHeight, gy, w, gx, static (ref gy, ref w, ref gx) => gx += w * gy);
    }

    /// <inheritdoc/>
    public override long WeightGradientLength(in ConvolutionShape s) =>
        (long)s.OutChannels * (s.InChannels / s.Groups) * s.KernelHeight * s.KernelWidth;

    /// <inheritdoc/>
    public override void AddWeightGradient(in ConvolutionShape s, float* x, float* gy, float* sums) =>
        ForEachTerm(s, 0, s.OutHeight, gy, sums, x, static (ref gy, ref sum, ref x) => sum += x * gy);

    /// <inheritdoc/>
    public override void SumWeightGradients(in ConvolutionShape s, float* sums, int count, float* gw)
    {
        long length = WeightGradientLength(s);
        for (long i = 0; i < length; i++)
        {
            gw[i] = 0;
            for (int j = 0; j < count; j++) gw[i] += sums[j * length + i];
        }
    }

    private static void ForEachTerm(
        in ConvolutionShape s, int firstLine, int lines, float* y, float* w, float* x, Term term)
    {
        int inputs = s.InChannels / s.Groups;
        int outputs = s.OutChannels / s.Groups;
        for (int oy = firstLine; oy < firstLine + lines; oy++)
        for (int ox = 0; ox < s.OutWidth; ox++)
        for (int o = 0; o < s.OutChannels; o++)
        for (int ky = 0; ky < s.KernelHeight; ky++)
        for (int kx = 0; kx < s.KernelWidth; kx++)
        {
            int iy = oy * s.Stride + ky - s.Padding;
            int ix = ox * s.Stride + kx - s.Padding;
            if (iy < 0 || iy >= s.Height || ix < 0 || ix >= s.Width) continue;
            for (int c = 0; c < inputs; c++)
            {
                term(
                    ref y[(oy * s.OutWidth + ox) * s.OutChannels + o],
                    ref w[((o * inputs + c) * s.KernelHeight + ky) * s.KernelWidth + kx],
                    ref x[(iy * s.Width + ix) * s.InChannels + o / outputs * inputs + c]);
            }
        }
    }
}
