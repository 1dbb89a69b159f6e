using System.Runtime.CompilerServices;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Kernels;

internal sealed unsafe partial class VectorKernels<T>
{
    /// <summary>The part of an image, or of one group of its channels, that windows cover; strides in floats.</summary>
    private readonly struct Covered(float* start, nint line, nint pixel)
    {
        public readonly float* Start = start;
        public readonly nint Line = line;
        public readonly nint Pixel = pixel;
    }

    private static long PackedLength(in Correlation c)
    {
        int places = c.WindowHeight * c.WindowWidth;
        return c.IsDepthwise
            ? (long)places * RoundUp(c.Groups)
            : (long)c.Groups * places * c.Inputs * RoundUp(c.Outputs);
    }

    /// <summary>
    /// Packs weights like the B of a product, for each group: a row for each place in the window and input, a column for
    /// each output. Depthwise, all channels are the columns of one group.
    /// </summary>
    private static void Pack(in Correlation c, float* w, float* packed)
    {
        int groups = c.IsDepthwise ? 1 : c.Groups;
        int outputs = c.IsDepthwise ? c.Groups : c.Outputs;
        int panel = c.IsDepthwise ? RoundUp(outputs) : TileColumns;
        nint column = c.IsDepthwise ? c.WeightGroup : c.WeightOutput;
        for (int g = 0; g < groups; g++)
        {
            for (int j = 0; j < outputs; j += panel)
            {
                int width = Math.Min(panel, outputs - j);
                for (int place = 0; place < c.WindowHeight * c.WindowWidth; place++)
                {
                    (int y, int x) = Math.DivRem(place, c.WindowWidth);
                    float* source = w + g * c.WeightGroup + j * column
                        + c.WeightStart + y * c.WeightLine + x * c.WeightColumn;
                    PackPanel(c.Inputs, width, source, c.WeightInput, column, packed);
                    packed += (long)c.Inputs * RoundUp(width);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Correlate(in Correlation c, float* image, float* packed, float* target, bool accumulate)
    {
        target += c.TargetStart;
        if (c.WindowHeight == 0 || c.WindowWidth == 0)
        {
            if (!accumulate) Clear(c, target);
            return;
        }
        float* scratch = Scratch.ForPart(CopyLength(c));
        if (c.IsDepthwise)
        {
            CorrelateDepthwise(c, Cover(c, image, 0, scratch), packed, target, accumulate);
            return;
        }
        for (int group = 0; group < c.Groups; group++)
        {
            Covered source = Cover(c, image, group, scratch);
            // Lines that follow each other without a gap are one long line.
            bool join = source.Line == c.Pixels * source.Pixel && c.TargetLine == c.Pixels * c.TargetPixel;
            int lines = join ? 1 : c.Lines;
            int pixels = join ? c.Lines * c.Pixels : c.Pixels;
            for (int j = 0; j < c.Outputs; j += TileColumns)
            {
                int width = Math.Min(TileColumns, c.Outputs - j);
                var tile = new MatMulTile(
                    c.WindowHeight, c.WindowWidth * c.Inputs,
                    source.Line, c.Step * source.Pixel, 1, RoundUp(width), c.TargetPixel);
                for (int line = 0; line < lines; line++)
                {
                    float* a = source.Start + line * c.Step * source.Line;
                    float* y = target + line * c.TargetLine + group * c.Outputs + j;
                    MultiplyPanel(tile, pixels, width, a, packed, y, accumulate);
                }
                packed += (long)c.Terms * RoundUp(width);
            }
        }
    }

    private static void Clear(in Correlation c, float* target)
    {
        for (int line = 0; line < c.Lines; line++)
        {
            for (int pixel = 0; pixel < c.Pixels; pixel++)
            {
                new Span<float>(target + line * c.TargetLine + pixel * c.TargetPixel, c.Groups * c.Outputs).Clear();
            }
        }
    }

    /// <summary>Floats that <see cref="Cover"/> may write.</summary>
    private static long CopyLength(in Correlation c) =>
        (long)c.CoveredHeight * c.CoveredWidth * (c.IsDepthwise ? c.Groups : c.Inputs);

    /// <summary>What the windows cover: in the image itself where that serves, else in a copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Covered Cover(in Correlation c, float* image, int group, float* copy)
    {
        int channels = c.Groups * c.Inputs;
        int count = c.IsDepthwise ? channels : c.Inputs;
        bool inside = c.Top >= 0 && c.Left >= 0
            && c.Top + c.CoveredHeight <= c.Height && c.Left + c.CoveredWidth <= c.Width;
        if (inside && count == channels)
            return new(image + ((nint)c.Top * c.Width + c.Left) * channels, c.Width * channels, channels);

        int left = Math.Clamp(-c.Left, 0, c.CoveredWidth);
        int right = Math.Clamp(c.Width - c.Left, left, c.CoveredWidth);
        float* target = copy;
        for (int y = c.Top; y < c.Top + c.CoveredHeight; y++, target += c.CoveredWidth * count)
        {
            var line = new Span<float>(target, c.CoveredWidth * count);
            if (y < 0 || y >= c.Height || left == right)
            {
                line.Clear();
                continue;
            }
            line[..(left * count)].Clear();
            line[(right * count)..].Clear();
            float* source = image + ((nint)y * c.Width + c.Left + left) * channels + group * count;
            if (count == channels) new Span<float>(source, (right - left) * count).CopyTo(line[(left * count)..]);
            else CopyChannels(right - left, count, source, channels, target + left * count);
        }
        return new(copy, c.CoveredWidth * count, count);
    }

    private static void CopyChannels(int pixels, int count, float* source, nint sourcePixel, float* target)
    {
        for (int x = 0; x < pixels; x++)
        {
            for (int i = 0; i < count; i++) target[x * count + i] = source[x * sourcePixel + i];
        }
    }
}
