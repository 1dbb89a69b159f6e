using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Kernels;

// A convolution is a matrix product whose A is never written out: rows are the places of the window, and a row's terms lie
// in the image as one run per line of the window. Where windows cover pixels outside the image, or a group has but some of
// the channels, they slide over a copy with what they need.
internal sealed unsafe partial class VectorKernels<T>
{
    /// <inheritdoc/>
    public override long PackedWeightLength(in ConvolutionShape s) => PackedLength(Correlation.Forward(s, 0, 1));

    /// <inheritdoc/>
    public override void PackWeights(in ConvolutionShape s, float* w, float* packed) =>
        Pack(Correlation.Forward(s, 0, 1), w, packed);

    /// <inheritdoc/>
    public override void Convolve(
        in ConvolutionShape s, float* x, float* w, float* packed, float* y, int firstLine, int lines) =>
        Correlate(Correlation.Forward(s, firstLine, lines), x, packed, y, accumulate: false);

    /// <inheritdoc/>
    public override long PackedInputGradientWeightLength(in ConvolutionShape s)
    {
        long length = 0;
        for (int phase = 0; phase < s.Stride * s.Stride; phase++) length += PackedLength(InputGradient(s, phase));
        return length;
    }

    /// <inheritdoc/>
    public override void PackInputGradientWeights(in ConvolutionShape s, float* w, float* packed)
    {
        for (int phase = 0; phase < s.Stride * s.Stride; phase++)
        {
            Correlation c = InputGradient(s, phase);
            Pack(c, w, packed);
            packed += PackedLength(c);
        }
    }

    /// <inheritdoc/>
    public override void ConvolveInputGradient(
        in ConvolutionShape s, float* gy, float* w, float* packed, float* gx, bool accumulate)
    {
        for (int phase = 0; phase < s.Stride * s.Stride; phase++)
        {
            Correlation c = InputGradient(s, phase);
            Correlate(c, gy, packed, gx, accumulate);
            packed += PackedLength(c);
        }
    }

    /// <inheritdoc/>
    public override long WeightGradientLength(in ConvolutionShape s) =>
        (long)s.OutChannels * (s.InChannels / s.Groups) * s.KernelHeight * s.KernelWidth;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddWeightGradient(in ConvolutionShape s, float* x, float* gy, float* sums)
    {
        // Sums are ordered (group, ky, kx, c, o).
        Correlation c = Correlation.Forward(s, 0, s.OutHeight);
        if (c.IsDepthwise)
        {
            AddDepthwiseWeightGradient(c, x, gy, sums);
            return;
        }
        int pixels = c.Lines * c.Pixels;
        float* scratch = Scratch.ForPart(CopyLength(c) + (long)pixels * TileColumns);
        float* outputs = scratch + CopyLength(c);
        int rows = c.WindowWidth * c.Inputs;
        for (int group = 0; group < c.Groups; group++)
        {
            Covered image = Cover(c, x, group, scratch);
            for (int j = 0; j < c.Outputs; j += TileColumns)
            {
                int width = Math.Min(TileColumns, c.Outputs - j);
                float* b = gy + group * c.Outputs + j;
                nint bStep = c.TargetPixel;
                if (width % T.Count != 0)
                {
                    PackRows(pixels, width, b, bStep, outputs);
                    b = outputs;
                    bStep = RoundUp(width);
                }
                var tile = new MatMulTile(
                    c.Lines, c.Pixels, c.Step * image.Line, 1, c.Step * image.Pixel, bStep, c.Outputs);
                for (int ky = 0; ky < c.WindowHeight; ky++)
                {
                    float* target = sums + (long)ky * rows * c.Outputs + j;
                    MultiplyPanel(tile, rows, width, image.Start + ky * image.Line, b, target, accumulate: true);
                }
            }
            sums += (long)c.Terms * c.Outputs;
        }
    }

    /// <inheritdoc/>
    public override void SumWeightGradients(in ConvolutionShape s, float* sums, int count, float* gw)
    {
        long length = WeightGradientLength(s);
        for (int i = 1; i < count; i++) Add(length, sums + i * length, sums);

        Correlation c = Correlation.Forward(s, 0, 1);
        int places = c.WindowHeight * c.WindowWidth;
        bool depthwise = c.IsDepthwise;   // ordered (ky, kx, c): as if all channels were outputs of one group
        int outputs = depthwise ? c.Groups : c.Outputs;
        for (int group = 0; group < (depthwise ? 1 : c.Groups); group++)
        {
            for (int place = 0; place < places; place++)
            {
                for (int input = 0; input < c.Inputs; input++, sums += outputs)
                {
                    float* target = gw + ((long)group * outputs * c.Inputs + input) * places + place;
                    for (int o = 0; o < outputs; o++) target[o * c.WeightOutput] = sums[o];
                }
            }
        }
    }

    private static Correlation InputGradient(in ConvolutionShape s, int phase) =>
        Correlation.InputGradient(s, phase / s.Stride, phase % s.Stride);

    private static void Add(long length, float* source, float* target)
    {
        long i = 0;
        for (; i <= length - T.Count; i += T.Count) (T.Load(target + i) + T.Load(source + i)).Store(target + i);
        for (; i < length; i++) target[i] += source[i];
    }
}
