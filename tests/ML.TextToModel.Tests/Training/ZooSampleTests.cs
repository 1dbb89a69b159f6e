using ML.TextToModel.PModels;
using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Training.Tests;

public sealed class ZooSampleTests
{
    private static readonly CnnSpec s_spec = new() { Classes = 3, Channels = [2, 4], Strides = [4, 2] };

    [Theory, InlineData(true), InlineData(false)]
    public void Rows_go_with_their_classes(bool shuffled)
    {
        // Of class c all parameters of a row are c, what is shared is -1.
        ZooSample zoo = new(s_spec, [([7, 3, 5], Parameters(7, 3, 5)), ([1, 2, 9], Parameters(1, 2, 9))]);
        (int[][] tasks, Tensor vectors) = zoo.Draw(40, shuffled, permuted: false, new Rng(1));
        for (int i = 0; i < 40; i++)
            Assert.Equal(Parameters(tasks[i]), vectors.AsSpan().Slice(i * s_spec.Layout.Count, s_spec.Layout.Count));
        Assert.Equal(shuffled ? 12 : 2, tasks.Select(task => string.Join(' ', task)).Distinct().Count());
    }

    [Fact]
    public void Permuted_channels_compute_the_same()
    {
        float[] parameters = s_spec.Initialize(new Rng(2));
        Tensor images = Tensor.Normal([1, 5, 32, 32, 3], new Rng(3)), expected = Logits(parameters);
        (_, Tensor vectors) = new ZooSample(s_spec, [([0, 1, 2], parameters)])
            .Draw(10, shuffled: false, permuted: true, new Rng(4));
        for (int i = 0; i < 10; i++)
        {
            float[] permuted = vectors.Narrow(0, i, 1).ToArray();
            Closeness.AssertClose(expected.ToArray(), Logits(permuted).ToArray(), 1e-5);
            if (i == 0) Assert.NotEqual(parameters, permuted);
        }

        Tensor Logits(float[] vector) =>
            s_spec.Forward(s_spec.Layout.Split(Tensor.From(vector, [1, vector.Length])), images);
    }

    private static float[] Parameters(params int[] classes)
    {
        float[] parameters = new float[s_spec.Layout.Count];
        parameters.AsSpan().Fill(-1);
        foreach (ParameterSlot slot in s_spec.Layout.Slots.Where(slot => slot.PerClass))
            for (int i = 0; i < slot.Count; i++)
                slot.Of(parameters.AsSpan())[i] = classes[i / (slot.Count / classes.Length)];
        return parameters;
    }
}
