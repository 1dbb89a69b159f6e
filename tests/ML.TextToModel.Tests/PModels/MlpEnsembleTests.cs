using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

public sealed class MlpEnsembleTests
{
    [Fact]
    public void Logits_of_the_merged_network_are_the_mean()
    {
        MlpSpec spec = new() { Inputs = 5, Hidden = [7], Classes = 3, Skip = true };
        float[][] members = [.. Enumerable.Range(0, 3).Select(i => spec.Initialize(new Rng((ulong)i)))];
        (MlpSpec merged, float[] parameters) = MlpEnsemble.Merge(spec, members);
        Assert.Equal([21], merged.Hidden);
        Tensor x = Tensor.Normal([1, 10, 5], new Rng(9));
        float[][] logits = [.. members.Select(member => Logits(spec, member, x))];
        float[] mean = [.. Enumerable.Range(0, 30).Select(i => logits.Average(own => own[i]))];
        Closeness.AssertClose(mean, Logits(merged, parameters, x), 1e-5);
    }

    [Fact]
    public void Networks_of_two_hidden_layers_are_refused() => Assert.Throws<ArgumentException>(
        () => MlpEnsemble.Merge(new() { Inputs = 2, Hidden = [3, 3], Classes = 2 }, []));

    private static float[] Logits(MlpSpec spec, float[] parameters, Tensor x) =>
        spec.Forward(spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length])), x).ToArray();
}
