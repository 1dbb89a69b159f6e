using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

/// <summary>T p-models in one pass give what T passes of one p-model give, forward and backward.</summary>
public sealed class BatchedForwardTests
{
    private const int Batch = 5;
    private const double Tolerance = 1e-5;   // sums in another order

    public static MatrixTheoryData<string, int, bool> Cases => new(SmallModels.Specs.Keys, [1, 3], [false, true]);

    [Theory, MemberData(nameof(Cases))]
    public void Many_p_models_at_once_equal_each_alone(string name, int models, bool shared)
    {
        PModelSpec spec = SmallModels.Specs[name];
        var rng = new Rng(5);
        Tensor vectors = Random([models, spec.Layout.Count], rng);
        Tensor inputs = Random(spec.InputShape.Insert(0, Batch).Insert(0, shared ? 1 : models), rng);
        Tensor weights = Tensor.Normal([models, Batch, spec.Classes], rng);

        Tensor logits = spec.Forward(spec.Layout.Split(vectors), inputs);
        Gradients gradients = (logits * weights).Sum().Backward();

        Assert.Equal(weights.Shape, logits.Shape);
        float[] inputGradient = new float[inputs.Count];
        for (int t = 0; t < models; t++)
        {
            Tensor vector = Part(vectors, t), input = shared ? Part(inputs, 0) : Part(inputs, t);
            Tensor alone = spec.Forward(spec.Layout.Split(vector), input);
            Gradients expected = (alone * weights.Narrow(0, t, 1)).Sum().Backward();
            Closeness.AssertClose(alone.ToArray(), logits.Narrow(0, t, 1).ToArray(), Tolerance, $"logits {t}");
            Closeness.AssertClose(
                expected[vector].ToArray(), gradients[vectors].Narrow(0, t, 1).ToArray(), Tolerance, $"parameters {t}");
            float[] part = expected[input].ToArray();
            int start = shared ? 0 : t * part.Length;
            for (int i = 0; i < part.Length; i++) inputGradient[start + i] += part[i];
        }
        Closeness.AssertClose(inputGradient, gradients[inputs].ToArray(), Tolerance, "inputs");
    }

    private static Tensor Random(Shape shape, Rng rng)
    {
        Tensor tensor = Tensor.Normal(shape, rng);
        tensor.RequiresGradient = true;
        return tensor;
    }

    private static Tensor Part(Tensor tensor, int index)
    {
        Tensor part = tensor.Detach().Narrow(0, index, 1).Clone();
        part.RequiresGradient = true;
        return part;
    }
}
