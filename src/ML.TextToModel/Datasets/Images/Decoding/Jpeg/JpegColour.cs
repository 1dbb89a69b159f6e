namespace ML.TextToModel.Datasets.Jpeg;

/// <summary>What the channels of a JPEG image mean.</summary>
internal enum JpegColourSpace
{
    Grey,
    Rgb,
    YCbCr,

    /// <summary>Inverted, as Adobe's programs store it: 255 is no ink.</summary>
    Cmyk,

    /// <summary>The first three of CMYK, as stored, turned into YCbCr.</summary>
    Ycck,
}

/// <summary>Finds out what the channels of a JPEG image mean, and turns them into red, green and blue.</summary>
internal static class JpegColour
{
    private const int Neutral = 128, FractionBits = 16, One = 1 << FractionBits, Half = One / 2;
    private const int RedOfCr = (int)(1.40200 * One + 0.5), GreenOfCb = (int)(0.34414 * One + 0.5);
    private const int GreenOfCr = (int)(0.71414 * One + 0.5), BlueOfCb = (int)(1.77200 * One + 0.5);
    private const int TransformNone = 0;

    /// <param name="components">The channels.</param>
    /// <param name="isJfif">Whether the file says it is JFIF.</param>
    /// <param name="adobeTransform">The transform that Adobe's segment names; null without one.</param>
    public static JpegColourSpace Find(IReadOnlyList<JpegComponent> components, bool isJfif, int? adobeTransform)
    {
        switch (components.Count)
        {
            case 1: return JpegColourSpace.Grey;
            case 4: return adobeTransform is null or TransformNone ? JpegColourSpace.Cmyk : JpegColourSpace.Ycck;
        }
        bool named = components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B';
        bool rgb = !isJfif && (adobeTransform is { } transform ? transform == TransformNone : named);
        return rgb ? JpegColourSpace.Rgb : JpegColourSpace.YCbCr;
    }

    /// <summary>Turns a row into red, green and blue, with the rounding of libjpeg.</summary>
    /// <param name="space">What the channels mean.</param>
    /// <param name="rows">A row of each channel.</param>
    /// <param name="rgb">Gets the pixels.</param>
    public static void Convert(JpegColourSpace space, RowSet rows, Span<byte> rgb)
    {
        switch (space)
        {
            case JpegColourSpace.Grey:
                for (int i = 0, x = 0; i < rgb.Length; i += 3, x++) rgb.Slice(i, 3).Fill(rows.A[x]);
                break;
            case JpegColourSpace.Rgb or JpegColourSpace.Cmyk:
                for (int i = 0, x = 0; i < rgb.Length; i += 3, x++)
                    (rgb[i], rgb[i + 1], rgb[i + 2]) = (rows.A[x], rows.B[x], rows.C[x]);
                break;
            default:
                FromYCbCr(rows, rgb);
                break;
        }
        if (space == JpegColourSpace.Ycck)
            for (int i = 0; i < rgb.Length; i++) rgb[i] = (byte)(255 - rgb[i]);
        if (space is JpegColourSpace.Cmyk or JpegColourSpace.Ycck) Darken(rgb, rows.D);
    }

    /// <summary>ITU-R BT.601 with full range, as JFIF has it.</summary>
    private static void FromYCbCr(RowSet rows, Span<byte> rgb)
    {
        int width = rgb.Length / RgbImage.Channels;
        ReadOnlySpan<byte> lumas = rows.A[..width], blues = rows.B[..width], reds = rows.C[..width];
        for (int x = 0; x < lumas.Length; x++)
        {
            int luma = lumas[x], blue = blues[x] - Neutral, red = reds[x] - Neutral;
            Span<byte> pixel = rgb.Slice(x * RgbImage.Channels, RgbImage.Channels);
            pixel[0] = Clamp(luma + (RedOfCr * red + Half >> FractionBits));
            pixel[1] = Clamp(luma + (Half - GreenOfCb * blue - GreenOfCr * red >> FractionBits));
            pixel[2] = Clamp(luma + (BlueOfCb * blue + Half >> FractionBits));
        }
    }

    /// <summary>Takes black ink into account: inverted colours and black multiply.</summary>
    private static void Darken(Span<byte> rgb, ReadOnlySpan<byte> black)
    {
        for (int i = 0; i < rgb.Length; i++)
        {
            // As python3-pil computes it: white times black, less ink times black.
            int light = black[i / 3], product = (255 - rgb[i]) * light + 128;
            rgb[i] = Clamp(light - ((product >> 8) + product >> 8));
        }
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
}

/// <summary>A row of up to four channels.</summary>
internal readonly ref struct RowSet
{
    public ReadOnlySpan<byte> A { get; init; }

    public ReadOnlySpan<byte> B { get; init; }

    public ReadOnlySpan<byte> C { get; init; }

    public ReadOnlySpan<byte> D { get; init; }
}
