using ML.TextToModel.Tensors;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class ConditionSpaceTests
{
    [Fact]
    public void Conditions_of_known_classes_have_mean_zero_and_a_mean_length_of_two()
    {
        float[] vectors = new float[40 * 7];
        new Rng(1).FillNormal(vectors, mean: 3);
        ConditionSpace.Of(vectors, 7).Apply(vectors);
        for (int j = 0; j < 7; j++)
            Assert.Equal(0, Enumerable.Range(0, 40).Average(row => vectors[row * 7 + j]), 1e-5);
        Assert.Equal(
            ConditionSpace.Size, vectors.Chunk(7).Average(row => Math.Sqrt(row.Sum(value => value * value))), 1e-5);
    }

    [Fact]
    public void Vectors_that_are_all_alike_become_zero()
    {
        float[] vectors = [1, 2, 1, 2];
        ConditionSpace.Of(vectors, 2).Apply(vectors);
        Assert.All(vectors, value => Assert.Equal(0, value));
    }
}
