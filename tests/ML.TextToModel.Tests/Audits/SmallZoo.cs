using ML.TextToModel.PModels;
using ML.TextToModel.Training;

namespace ML.TextToModel.Audits.Tests;

/// <summary>
/// P-models of two classes with 27 shared parameters, all alike, and a weight and a bias in each class row.
/// </summary>
internal static class SmallZoo
{
    public static CnnSpec Spec(int classes) => new() { Classes = classes, Channels = [1], Strides = [8] };

    public static float[] Parameters(float shared, float[] weights, float[] biases) =>
        [.. Enumerable.Repeat(shared, 27), .. weights, .. biases];

    /// <summary>The root mean square is 5 of the shared tensor, 2.5 of the weights, 1 of the biases.</summary>
    public static ZooSample Sample { get; } = new(
        Spec(2),
        [
            ([4, 7], Parameters(1, [3, 0], [0, 0])),
            ([7, 9], Parameters(7, [0, -4], [0, 2])),
        ]);
}
