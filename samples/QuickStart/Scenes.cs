using ML.TextToModel.Tensors;

namespace QuickStart;

/// <summary>Pictures of 32 × 32 pixels that the sample draws, so that it needs no data.</summary>
internal static class Scenes
{
    private const int Side = 32;

    private static readonly (string Class, Action<Span<float>, Rng> Draw)[] s_scenes =
    [
        ("sea", (picture, rng) =>
        {
            int horizon = 10 + rng.NextInt(6);
            Fill(picture, (_, y) => y < horizon ? (200, 220, 240) : (30, 80 + 2f * (Side - y), 140 + (Side - y)));
        }),
        ("plain", (picture, rng) =>
        {
            int horizon = 12 + rng.NextInt(6);
            Fill(picture, (_, y) => y < horizon ? (150, 190, 235) : (110 + y, 150, 60));
        }),
        ("orange", (picture, rng) =>
        {
            (float x0, float y0, float radius) = (13 + rng.NextInt(6), 13 + rng.NextInt(6), 10 + rng.NextInt(3));
            Fill(picture, (x, y) => Distance(x, y, x0, y0) is var d && d < radius
                ? (250 - 3 * d, 150 - 4 * d, 20) : (245, 245, 245));
        }),
        ("skyscraper", (picture, rng) =>
        {
            int left = 9 + rng.NextInt(4), right = 21 + rng.NextInt(3), top = 2 + rng.NextInt(4);
            Fill(picture, (x, y) => x >= left && x < right && y >= top
                ? (x % 3 == 0 || y % 3 == 0 ? (90, 95, 105) : (150, 160, 175)) : (120, 165, 220));
        }),
        ("sunflower", (picture, rng) =>
        {
            const int petals = 12;
            (float x0, float y0) = (14 + rng.NextInt(5), 14 + rng.NextInt(5));
            Fill(picture, (x, y) =>
            {
                float d = Distance(x, y, x0, y0), petal = MathF.Cos(petals * MathF.Atan2(y - y0, x - x0));
                return d < 5 ? (80, 50, 20) : d < 11 + 3 * petal ? (240, 180 + 20 * petal, 20) : (60, 110, 40);
            });
        }),
    ];

    public static IEnumerable<string> Classes => s_scenes.Select(scene => scene.Class);

    /// <summary>Some pictures of each class: red, green and blue planes, row by row, from 0 to 255.</summary>
    public static IEnumerable<(string Class, float[] Picture)> Draw(int perClass, Rng rng)
    {
        foreach ((string name, Action<Span<float>, Rng> draw) in s_scenes)
            for (int i = 0; i < perClass; i++)
            {
                float[] picture = new float[3 * Side * Side];
                draw(picture, rng);
                foreach (ref float value in picture.AsSpan())
                    value = Math.Clamp(value + (float)(8 * rng.NextNormal()), 0, 255);
                yield return (name, picture);
            }
    }

    private static float Distance(int x, int y, float x0, float y0) =>
        MathF.Sqrt((x - x0) * (x - x0) + (y - y0) * (y - y0));

    private static void Fill(Span<float> picture, Func<int, int, (float Red, float Green, float Blue)> colour)
    {
        for (int i = 0; i < Side * Side; i++)
            (picture[i], picture[Side * Side + i], picture[2 * Side * Side + i]) = colour(i % Side, i / Side);
    }
}
