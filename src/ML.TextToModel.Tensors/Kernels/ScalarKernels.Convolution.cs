namespace ML.TextToModel.Tensors.Kernels;

// y[oy, ox, o] = sum over ky, kx, c of w[o, c, ky, kx] * x[oy * stride + ky - padding, ox * stride + kx - padding, c],
// where c runs over the channels of o's group and pixels outside the image are zero. The gradients are its derivatives.
internal sealed unsafe partial class ScalarKernels
{
    private delegate void Term(ref float y, ref float w, ref float x);

    /// <inheritdoc/>
    public override void Convolve(in ConvolutionShape s, float* x, float* w, float* y)
    {
        new Span<float>(y, s.OutHeight * s.OutWidth * s.OutChannels).Clear();
        ForEachTerm(s, y, w, x, static (ref y, ref w, ref x) => y += w * x);
    }

    /// <inheritdoc/>
    public override void ConvolveInputGradient(in ConvolutionShape s, float* gy, float* w, float* gx) =>
        ForEachTerm(s, gy, w, gx, static (ref gy, ref w, ref gx) => gx += w * gy);

    /// <inheritdoc/>
    public override void ConvolveWeightGradient(in ConvolutionShape s, float* x, float* gy, float* gw) =>
        ForEachTerm(s, gy, gw, x, static (ref gy, ref gw, ref x) => gw += x * gy);

    private static void ForEachTerm(in ConvolutionShape s, float* y, float* w, float* x, Term term)
    {
        int inputs = s.InChannels / s.Groups;
        int outputs = s.OutChannels / s.Groups;
        for (int oy = 0; oy < s.OutHeight; oy++)
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
