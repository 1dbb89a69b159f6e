using ML.TextToModel.PModels;

namespace ML.TextToModel.Audits.Tests;

public sealed class CommonPartTests
{
    private static readonly FittedClassifier s_generic = new(
        SmallZoo.Spec(3), SmallZoo.Parameters(1, [1, 2, 3], [0, 0, 6]), ["a", "b", "c"],
        new ImagePreprocessing([0, 0, 0], [1, 1, 1]));

    [Fact]
    public void Rows_are_the_generic_models_on_average()
    {
        // Of the classes c and a the generic weights are 3 and 1, the biases 6 and 0: means 2 and 3, here 12 and 5.
        float[] aligned = CommonPart.Align(SmallZoo.Parameters(8, [10, 14], [1, 9]), [2, 0], s_generic);
        Assert.Equal(SmallZoo.Parameters(8, [0, 4], [-1, 7]), aligned);
    }

    [Fact]
    public void Nothing_is_taken_from_a_selection() => Assert.Equal(
        SmallZoo.Parameters(1, [3, 1], [6, 0]),
        CommonPart.Align(SmallZoo.Parameters(1, [3, 1], [6, 0]), [2, 0], s_generic));
}
