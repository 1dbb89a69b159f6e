using ML.TextToModel.Generators.Tina;
using ML.TextToModel.Training;

namespace ML.TextToModel.Benchmarks.Tina;

/// <summary>How a generator for unseen classes is trained; chosen by <see cref="UnseenSettings"/>.</summary>
/// <param name="Ridge">The penalty of the regression of class rows.</param>
/// <param name="HoldOut">The share of a task's classes that are held out from it.</param>
/// <param name="Noise">Noise on the conditions that the blocks see.</param>
/// <param name="BaseHidden">Random hidden units beside the vectors that the regression is on.</param>
/// <param name="Steps">Steps.</param>
internal sealed record UnseenRecipe(double Ridge, float HoldOut, float Noise, int BaseHidden, int Steps)
{
    private const float PeakRate = 3e-4f, FasterBase = 10;

    public TinaOptions Sizes => new() { Width = 128, Heads = 4, Layers = 2, Hidden = 256, BaseHidden = BaseHidden };

    public TinaTrainingOptions Training => new()
    {
        Steps = Steps, Rate = PeakRate, BaseRate = FasterBase, WarmUp = Steps / 10, Ridge = Ridge, HoldOut = HoldOut,
        ConditionNoise = Noise,
    };
}
