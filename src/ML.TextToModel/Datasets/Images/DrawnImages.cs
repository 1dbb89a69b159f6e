using ML.TextToModel.Tensors;

namespace ML.TextToModel.Datasets;

/// <summary>
/// Draws small labelled images of shapes and textures, for use where no data set is at hand. Colours, place, size, tilt
/// and noise are random, so that no pixel tells the class by itself.
/// </summary>
public static class DrawnImages
{
    private const double MaxTilt = 0.25;         // radians, so that horizontal and vertical stripes stay apart
    private const double NoiseDeviation = 14;    // of 255
    private const double LeastContrast = 60;     // mean difference of the two colours over the channels, of 255

    /// <summary>How much of a point belongs to the figure, 0 to 1; a shape fills -1 to 1.</summary>
    private delegate double Figure(double x, double y);

    private static readonly (string Name, bool IsTexture, Figure Figure)[] Figures =
    [
        ("circle", false, (x, y) => Fill(x * x + y * y < 1)),
        ("ring", false, (x, y) => Fill(x * x + y * y is > 0.4 and < 1)),
        ("square", false, (x, y) => Fill(Largest(x, y) < 0.9)),
        ("frame", false, (x, y) => Fill(Largest(x, y) is > 0.55 and < 0.9)),
        ("triangle", false, (x, y) => Fill(y < 0.8 && y > 2 * Math.Abs(x) - 1)),
        ("glow", false, (x, y) => Math.Max(0, 1 - Math.Sqrt(x * x + y * y))),
        ("cross", false, (x, y) => Fill(Math.Min(Math.Abs(x), Math.Abs(y)) < 0.25 && Largest(x, y) < 1)),
        ("horizontal stripes", true, (_, y) => Fill(IsOdd(y))),
        ("vertical stripes", true, (x, _) => Fill(IsOdd(x))),
        ("diagonal stripes", true, (x, y) => Fill(IsOdd((x + y) * 0.7))),
        ("checkerboard", true, (x, y) => Fill(IsOdd(x) != IsOdd(y))),
        ("dots", true, (x, y) => Fill(Square(Phase(x)) + Square(Phase(y)) < 0.09)),
    ];

    /// <summary>The names of the 12 classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [.. Figures.Select(figure => figure.Name)];

    /// <summary>Draws images; those of the classes take turns, so that any multiple of 12 is balanced.</summary>
    /// <param name="perClass">Images of each class, at least 1.</param>
    /// <param name="rng">Where chance comes from; image i depends on its seed and i alone.</param>
    public static ImageSet Draw(int perClass, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(perClass, ImageSet.MaxImages / Figures.Length);
        int count = perClass * Figures.Length;
        byte[] images = new byte[count * ImageSet.ImageBytes];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % Figures.Length;
            Draw(labels[i], rng.Split((ulong)i), images.AsSpan(i * ImageSet.ImageBytes, ImageSet.ImageBytes));
        }
        return new ImageSet(images, labels, ClassNames);
    }

    private static void Draw(int label, Rng rng, Span<byte> pixels)
    {
        const int side = ImageSet.Side, samples = 2;   // 2×2 points in each pixel smooth the edges
        (_, bool isTexture, Figure figure) = Figures[label];
        (double[] back, double[] front) = Colours(rng);
        (double sin, double cos) = Math.SinCos(rng.NextUniform(-MaxTilt, MaxTilt));
        double scale = isTexture ? rng.NextUniform(3, 5.5) : rng.NextUniform(6, 13);   // in pixels
        double reach = isTexture ? side : Math.Max(0, side / 2 - scale);                // of the centre from the middle
        double centreX = side / 2 + rng.NextUniform(-reach, reach), centreY = side / 2 + rng.NextUniform(-reach, reach);

        for (int row = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
            {
                double covered = 0;
                for (int s = 0; s < samples * samples; s++)
                {
                    double x = column + (s % samples + 0.5) / samples - centreX;
                    double y = row + (s / samples + 0.5) / samples - centreY;
                    covered += figure((x * cos + y * sin) / scale, (y * cos - x * sin) / scale) / (samples * samples);
                }
                for (int channel = 0; channel < ImageSet.Channels; channel++)
                {
                    double clean = back[channel] + covered * (front[channel] - back[channel]);
                    double value = clean + NoiseDeviation * rng.NextNormal();
                    pixels[(channel * side + row) * side + column] = (byte)Math.Clamp(Math.Round(value), 0, 255);
                }
            }
        }
    }

    private static (double[] Back, double[] Front) Colours(Rng rng)
    {
        while (true)
        {
            double[] back = [.. Enumerable.Range(0, ImageSet.Channels).Select(_ => rng.NextUniform(0, 255))];
            double[] front = [.. Enumerable.Range(0, ImageSet.Channels).Select(_ => rng.NextUniform(0, 255))];
            if (back.Zip(front, (a, b) => Math.Abs(a - b)).Average() >= LeastContrast) return (back, front);
        }
    }

    private static double Fill(bool inside) => inside ? 1 : 0;

    private static double Largest(double x, double y) => Math.Max(Math.Abs(x), Math.Abs(y));

    private static double Square(double x) => x * x;

    private static bool IsOdd(double x) => ((long)Math.Floor(x) & 1) != 0;

    /// <summary>The distance from the middle of the unit interval around <paramref name="x"/>, -0.5 to 0.5.</summary>
    private static double Phase(double x) => x - Math.Floor(x) - 0.5;
}
