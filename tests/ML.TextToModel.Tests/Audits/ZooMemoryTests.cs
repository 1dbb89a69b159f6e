using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;

namespace ML.TextToModel.Audits.Tests;

public sealed class ZooMemoryTests
{
    /// <summary>Ten classes: the weight of class c is 100 + c, its bias 200 + c.</summary>
    private static readonly FittedClassifier s_generic = new(
        SmallZoo.Spec(10),
        SmallZoo.Parameters(50, From(100), From(200)),
        [.. Enumerable.Range(0, 10).Select(c => $"class {c}")], new ImagePreprocessing([0, 0, 0], [1, 1, 1]));

    private readonly ZooMemory _memory = new(SmallZoo.Sample, s_generic);

    [Fact]
    public void A_p_model_serves_other_classes_with_the_generic_models_rows()
    {
        Assert.Equal(SmallZoo.Parameters(7, [-4, 103], [2, 203]), _memory.PModel(1, [9, 3]));
        Assert.Equal(SmallZoo.Parameters(7, [103, 0, 104], [203, 0, 204]), _memory.PModel(1, [3, 7, 4]));
    }

    [Fact]
    public void The_mean_has_mean_rows_or_the_generic_models()
    {
        Assert.Equal(SmallZoo.Parameters(4, [1.5f, -2], [0, 1]), _memory.Mean);
        Assert.Equal(SmallZoo.Parameters(4, [107, 101], [207, 201]), _memory.MeanWithSelectedRows([7, 1]));
    }

    [Fact]
    public void Noise_is_a_tenth_of_the_tensors_size()
    {
        float[] parameters = SmallZoo.Parameters(7, [0, 0], [0, 0]);
        float[] noisy = _memory.WithNoise(parameters, new Rng(1));
        double squares = noisy.Take(27).Average(v => (v - 7.0) * (v - 7.0));
        Assert.InRange(Math.Sqrt(squares), 0.5, 0.9);
        Assert.Equal([0, 0, 0, 0], noisy[27..]);
    }

    [Fact]
    public void Another_architecture_is_refused() => Assert.Throws<ModelInputException>(
        () => new ZooMemory(SmallZoo.Sample with { Spec = new CnnSpec { Classes = 2 } }, s_generic));

    private static float[] From(int first) => [.. Enumerable.Range(first, 10).Select(value => (float)value)];
}
