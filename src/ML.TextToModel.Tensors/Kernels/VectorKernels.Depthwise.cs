using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Kernels;

// Each channel has a window of its own: registers hold neighbouring channels, and four pixels, or four columns of the
// window, share what they load. As with tiles, rows that a quad lacks repeat its last.
internal sealed unsafe partial class VectorKernels<T>
{
    private static void CorrelateDepthwise(in Correlation c, in Covered image, float* packed, float* target, bool accumulate)
    {
        for (int line = 0; line < c.Lines; line++)
        {
            for (int pixel = 0; pixel < c.Pixels; pixel += 4)
            {
                float* source = image.Start + line * c.Step * image.Line + pixel * c.Step * image.Pixel;
                float* y = target + line * c.TargetLine + pixel * c.TargetPixel;
                DepthwisePixels(c, image, Math.Min(4, c.Pixels - pixel), source, packed, y, accumulate);
            }
        }
    }

    /// <summary>All channels of up to four pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DepthwisePixels(
        in Correlation c, in Covered image, int pixels, float* source, float* packed, float* target, bool accumulate)
    {
        var from = new RowOffsets(c.Step * image.Pixel, pixels);
        var to = new RowOffsets(c.TargetPixel, pixels);
        nint pixel = image.Pixel, weights = RoundUp(c.Groups);
        for (int channel = 0; channel < c.Groups; channel += T.Count)
        {
            int channels = Math.Min(T.Count, c.Groups - channel);
            float* line = source + channel;
            float* w = packed + channel;
            LaneQuad<T> sums = default;
            for (int y = 0; y < c.WindowHeight; y++, line += image.Line)
            {
                float* x = line;
                if (channels == T.Count)
                {
                    for (int i = c.WindowWidth; i > 0; i--, x += pixel, w += weights)
                        sums.MultiplyAdd(x, from, T.Load(w), T.Count);
                }
                else
                {
                    for (int i = c.WindowWidth; i > 0; i--, x += pixel, w += weights)
                        sums.MultiplyAdd(x, from, T.Load(w), channels);
                }
            }
            if (accumulate) sums.Add(target + channel, to, channels);
            sums.Store(target + channel, to, channels);
        }
    }

    private static void AddDepthwiseWeightGradient(in Correlation c, float* x, float* gy, float* sums)
    {
        Covered image = Cover(c, x, 0, Scratch.ForPart(CopyLength(c)));
        for (int line = 0; line < c.Lines; line++, gy += c.TargetLine)
        {
            for (int ky = 0; ky < c.WindowHeight; ky++)
            {
                for (int kx = 0; kx < c.WindowWidth; kx += 4)
                {
                    float* source = image.Start + (line * c.Step + ky) * image.Line + kx * image.Pixel;
                    float* target = sums + (long)(ky * c.WindowWidth + kx) * c.Groups;
                    AddDepthwiseWeights(c, image, Math.Min(4, c.WindowWidth - kx), source, gy, target);
                }
            }
        }
    }

    /// <summary>What one line says of up to four weights of each channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDepthwiseWeights(
        in Correlation c, in Covered image, int columns, float* source, float* gy, float* target)
    {
        var from = new RowOffsets(image.Pixel, columns);
        var to = new RowOffsets(c.Groups, columns);
        nint xStep = c.Step * image.Pixel, yStep = c.TargetPixel;
        for (int channel = 0; channel < c.Groups; channel += T.Count)
        {
            int channels = Math.Min(T.Count, c.Groups - channel);
            float* x = source + channel;
            float* y = gy + channel;
            LaneQuad<T> sums = default;
            if (channels == T.Count)
            {
                for (int i = c.Pixels; i > 0; i--, x += xStep, y += yStep)
                    sums.MultiplyAdd(x, from, T.Load(y), T.Count);
            }
            else
            {
                for (int i = c.Pixels; i > 0; i--, x += xStep, y += yStep)
                    sums.MultiplyAdd(x, from, T.LoadFirst(y, channels), channels);
            }
            sums.Add(target + channel, to, channels);
            sums.Store(target + channel, to, channels);
        }
    }
}
