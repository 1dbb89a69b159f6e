namespace ML.TextToModel.Datasets;

/// <summary>A colour image in memory, 8 bits a channel, of any size. Its arrays may be written to.</summary>
public sealed class RgbImage
{
    /// <summary>Red, green, blue.</summary>
    public const int Channels = 3;

    private const int White = 255;

    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pixels">Its pixels; taken over, not copied.</param>
    /// <param name="alpha">Its opacity; null for an opaque image. Taken over.</param>
    /// <exception cref="ArgumentException">An array does not fit the size.</exception>
    public RgbImage(int width, int height, byte[] pixels, byte[]? alpha = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long count = (long)width * height;
        if (pixels.Length != count * Channels)
            throw new ArgumentException($"{width}×{height} pixels are not {pixels.Length} bytes.", nameof(pixels));
        if (alpha is not null && alpha.Length != count)
            throw new ArgumentException($"{width}×{height} pixels are not {alpha.Length} bytes.", nameof(alpha));
        (Width, Height, Pixels, Alpha) = (width, height, pixels, alpha);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Height×Width×3, 0 to 255: row by row from the top, in each pixel red, green, blue.</summary>
    public byte[] Pixels { get; }

    /// <summary>Height×Width, 0 (transparent) to 255 (opaque); null where all is opaque.</summary>
    public byte[]? Alpha { get; }

    /// <summary>The image as it looks on white paper: opaque. Itself where it is opaque already.</summary>
    public RgbImage OnWhite()
    {
        if (Alpha is null) return this;
        byte[] pixels = new byte[Pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            int alpha = Alpha[i / Channels], sum = Pixels[i] * alpha + White * (White - alpha);
            pixels[i] = (byte)((sum + White / 2) / White);
        }
        return new RgbImage(Width, Height, pixels);
    }

    /// <summary>An opaque image of the red plane, the green, the blue, each row by row: the order of an
    /// <see cref="ImageSet"/>.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="planes">3×Height×Width.</param>
    /// <exception cref="ArgumentException">The planes do not fit the size.</exception>
    public static RgbImage OfPlanes(int width, int height, ReadOnlySpan<byte> planes)
    {
        byte[] pixels = new byte[planes.Length];
        int count = planes.Length / Channels;
        for (int c = 0; c < Channels; c++)
            for (int i = 0; i < count; i++) pixels[i * Channels + c] = planes[c * count + i];
        return new RgbImage(width, height, pixels);
    }

    /// <summary>Writes the red plane, the green, the blue, each row by row: the order of an <see cref="ImageSet"/>.
    /// </summary>
    /// <param name="planes">3×Height×Width.</param>
    public void ToPlanes(Span<byte> planes)
    {
        int count = Width * Height;
        for (int c = 0; c < Channels; c++)
        {
            Span<byte> plane = planes.Slice(c * count, count);
            for (int i = 0; i < count; i++) plane[i] = Pixels[i * Channels + c];
        }
    }
}
