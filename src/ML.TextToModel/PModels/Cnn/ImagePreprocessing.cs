using ML.TextToModel.Tensors;

namespace ML.TextToModel.PModels;

/// <summary>
/// Raw rows are images of 3 planes, red, green and blue, each row by row, from 0 to 255. They are divided by 255,
/// standardised per channel, and put channels last.
/// </summary>
/// <param name="Mean">The mean of each channel over the training images, on the scale from 0 to 1.</param>
/// <param name="Deviation">The standard deviation of each channel, on the same scale.</param>
public sealed record ImagePreprocessing(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation) : Preprocessing
{
    private const int Channels = 3;
    private const float White = 255;

    /// <inheritdoc/>
    public override int RawLength(Shape input) => input.ElementCount;

    /// <inheritdoc/>
    public override (int Height, int Width)? ImageSize(Shape input) => (input[0], input[1]);

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> raw, Span<float> input)
    {
        int pixels = raw.Length / Channels;
        for (int c = 0; c < Channels; c++)
        {
            (float scale, float shift) = Map(c);
            ReadOnlySpan<float> plane = raw.Slice(c * pixels, pixels);
            for (int i = 0; i < pixels; i++) input[i * Channels + c] = plane[i] * scale + shift;
        }
    }

    /// <summary>The factor and the summand that turn a channel's value from 0 to 255 into a standardised one.</summary>
    public (float Scale, float Shift) Map(int channel) =>
        (1 / (White * Deviation[channel]), -Mean[channel] / Deviation[channel]);

    /// <inheritdoc/>
    public override IEnumerable<string> Faults(Shape input)
    {
        if (Mean.Count != Channels || Deviation.Count != Channels)
            yield return $"An image has {Channels} means and deviations.";
        else if (!Enumerable.Range(0, Channels).Select(Map).All(m => float.IsFinite(m.Scale + m.Shift)))
            yield return "A mean of the preprocessing is too large for its deviation.";
        if (input.Rank != 3) yield return "The p-model does not take images.";
        foreach (string fault in NumberFaults(Mean, Deviation)) yield return fault;
    }

    /// <summary>
    /// Means and population deviations over all pixels of <paramref name="images"/>, N planar images of 3 × pixels
    /// bytes. A channel that is the same everywhere gets the deviation 1.
    /// </summary>
    /// <exception cref="ArgumentException">There is no image, or the bytes cannot be cut evenly.</exception>
    public static ImagePreprocessing Fit(ReadOnlySpan<byte> images, int pixels)
    {
        if (pixels < 1 || images.IsEmpty || images.Length % (Channels * pixels) != 0)
            throw new ArgumentException($"{images.Length} bytes are not images of {pixels} pixels.", nameof(images));
        float[] mean = new float[Channels], deviation = new float[Channels];
        int count = images.Length / (Channels * pixels);
        for (int c = 0; c < Channels; c++)
        {
            long sum = 0, squares = 0;
            for (int n = 0; n < count; n++)
                foreach (byte value in images.Slice((n * Channels + c) * pixels, pixels))
                {
                    sum += value;
                    squares += value * value;
                }
            double total = (double)count * pixels, average = sum / total;
            mean[c] = (float)(average / White);
            double variance = squares / total - average * average;
            deviation[c] = variance > 0 ? (float)(Math.Sqrt(variance) / White) : 1;
        }
        return new ImagePreprocessing(mean, deviation);
    }
}
