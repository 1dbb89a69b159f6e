using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>The trainings of Tina for heads, one of which is chosen by held-out images.</summary>
internal static class HeadTina
{
    /// <summary>So small that known classes start with the rows of the generic head.</summary>
    public const double Ridge = 1e-4;

    public const int AdapterRank = 8;

    /// <summary>By name; null for no training: the generic head's rows, told by the texts.</summary>
    public static IReadOnlyList<(string Name, TinaTrainingOptions? Options)> Grid { get; } =
    [
        ("no steps", null), Setting(3e-4f, 3, 300), Setting(1e-3f, 1, 1000), Setting(1e-3f, 3, 3000),
    ];

    private static (string, TinaTrainingOptions?) Setting(float rate, float baseRate, int steps) =>
        ($"{steps} steps at {rate:G2}, base × {baseRate:G2}", new()
        {
            Ridge = Ridge, Steps = steps, Rate = rate, BaseRate = baseRate, WarmUp = steps / 10, AverageDecay = 0.99,
            Decay = 0,
        });
}
