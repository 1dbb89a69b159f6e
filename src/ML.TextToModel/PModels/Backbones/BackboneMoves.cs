namespace ML.TextToModel.PModels;

/// <summary>The steps of a backbone that only move numbers.</summary>
internal static class BackboneMoves
{
    public static void Slice(SliceStep step, BackboneShape shape, ReadOnlySpan<float> x, Span<float> y)
    {
        int channels = step.Sizes[2], stride = step.Steps[2], to = 0;
        for (int line = 0; line < step.Sizes[0]; line++)
        {
            for (int column = 0; column < step.Sizes[1]; column++, to += channels)
            {
                int row = step.Starts[0] + line * step.Steps[0], pixel = step.Starts[1] + column * step.Steps[1];
                ReadOnlySpan<float> source = x[((row * shape.Width + pixel) * shape.Channels + step.Starts[2])..];
                if (stride == 1) source[..channels].CopyTo(y[to..]);
                else
                    for (int c = 0; c < channels; c++) y[to + c] = source[c * stride];
            }
        }
    }

    public static void Pad(PadStep step, BackboneShape shape, ReadOnlySpan<float> x, Span<float> y)
    {
        y.Clear();
        int channels = step.Before[2] + shape.Channels + step.After[2];
        int width = step.Before[1] + shape.Width + step.After[1];
        for (int line = 0; line < shape.Height; line++)
        {
            ReadOnlySpan<float> source = x.Slice(line * shape.Width * shape.Channels, shape.Width * shape.Channels);
            Span<float> target = y[(((line + step.Before[0]) * width + step.Before[1]) * channels + step.Before[2])..];
            if (channels == shape.Channels) source.CopyTo(target);
            else
                for (int pixel = 0; pixel < shape.Width; pixel++)
                    source.Slice(pixel * shape.Channels, shape.Channels).CopyTo(target[(pixel * channels)..]);
        }
    }

    public static void Flatten(int channels, ReadOnlySpan<float> x, Span<float> y)
    {
        int pixels = x.Length / channels;
        for (int c = 0; c < channels; c++)
            for (int i = 0; i < pixels; i++) y[c * pixels + i] = x[i * channels + c];
    }
}
