using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Kernels;

// Each channel has a window of its own: registers hold neighbouring channels, and four pixels, or four columns of the
// window, share what they load. As with tiles, rows that a quad lacks repeat its last.
internal sealed unsafe partial class VectorKernels<T>
{
    private static void CorrelateDepthwise(in Correlation c, Covered image, float* packed, float* target, bool accumulate)
    {
        for (int line = 0; line < c.Lines; line++)
        {
            for (int channel = 0; channel < c.Groups; channel += T.Count)
            {
                for (int pixel = 0; pixel < c.Pixels; pixel += 4)
                {
                    float* source = image.Start + line * c.Step * image.Line + pixel * c.Step * image.Pixel + channel;
                    float* y = target + line * c.TargetLine + pixel * c.TargetPixel + channel;
                    DepthwiseQuad(c, image, source, packed + channel, y,
                        Math.Min(4, c.Pixels - pixel), Math.Min(T.Count, c.Groups - channel), accumulate);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DepthwiseQuad(
        in Correlation c, Covered image, float* source, float* packed, float* target, int pixels, int channels,
        bool accumulate)
    {
        var from = new QuadRows(c.Step * image.Pixel, pixels);
        var to = new QuadRows(c.TargetPixel, pixels);
        nint weights = RoundUp(c.Groups);
        NarrowQuad<T> sums = default;
        for (int y = 0; y < c.WindowHeight; y++)
        {
            for (int x = 0; x < c.WindowWidth; x++, packed += weights)
            {
                sums.MultiplyAddRows(source + y * image.Line + x * image.Pixel, from, T.Load(packed), channels);
            }
        }
        if (accumulate) sums.Add(target, to, channels);
        sums.Store(target, to, channels);
    }

    private static void AddDepthwiseWeightGradient(in Correlation c, float* x, float* gy, float* sums)
    {
        Covered image = Cover(c, x, 0, Scratch.ForPart(CopyLength(c)));
        for (int channel = 0; channel < c.Groups; channel += T.Count)
        {
            for (int ky = 0; ky < c.WindowHeight; ky++)
            {
                for (int kx = 0; kx < c.WindowWidth; kx += 4)
                {
                    float* source = image.Start + ky * image.Line + kx * image.Pixel + channel;
                    float* target = sums + (long)(ky * c.WindowWidth + kx) * c.Groups + channel;
                    DepthwiseWeightQuad(c, image, source, gy + channel, target,
                        Math.Min(4, c.WindowWidth - kx), Math.Min(T.Count, c.Groups - channel));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DepthwiseWeightQuad(
        in Correlation c, Covered image, float* source, float* gy, float* target, int columns, int channels)
    {
        var from = new QuadRows(image.Pixel, columns);
        var to = new QuadRows(c.Groups, columns);
        NarrowQuad<T> sums = default;
        for (int line = 0; line < c.Lines; line++)
        {
            float* pixel = source + line * c.Step * image.Line;
            for (int i = 0; i < c.Pixels; i++, pixel += c.Step * image.Pixel, gy += c.TargetPixel)
            {
                sums.MultiplyAddRows(pixel, from, T.LoadFirst(gy, channels), channels);
            }
        }
        sums.Add(target, to, channels);
        sums.Store(target, to, channels);
    }
}
