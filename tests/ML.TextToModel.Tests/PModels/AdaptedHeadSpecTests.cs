using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

public sealed class AdaptedHeadSpecTests
{
    private static readonly AdaptedHeadSpec s_spec = new() { Inputs = 7, Rank = 2, Classes = 3 };

    [Fact]
    public void The_folded_head_computes_the_same()
    {
        float[] parameters = new float[s_spec.Layout.Count], inputs = new float[5 * s_spec.Inputs];
        new Rng(1).FillNormal(parameters);
        new Rng(2).FillNormal(inputs);
        Closeness.AssertClose(
            Logits(s_spec, parameters, inputs), Logits(s_spec.Head, s_spec.Folded(parameters), inputs), 1e-5);
        float[] logits = new float[3], expected = new float[3];
        s_spec.CreatePredictor(parameters).Predict(inputs.AsSpan(0, 7), logits);
        s_spec.Head.CreatePredictor(s_spec.Folded(parameters))
            .Predict(inputs.AsSpan(0, 7), expected);
        Assert.Equal(expected, logits);
    }

    [Fact]
    public void At_its_start_the_adapter_does_nothing_and_can_learn()
    {
        float[] head = new float[s_spec.Head.Layout.Count];
        new Rng(3).FillNormal(head);
        float[] start = s_spec.Start(head, new Rng(4));
        Assert.Equal(head, s_spec.Folded(start));
        Assert.DoesNotContain(0f, s_spec.Layout["adapter.down"].Of(start).ToArray());
    }

    [Fact]
    public void A_rank_above_the_inputs_is_refused() => Assert.Equal(
        ["A rank of 8 is not between 1 and the 7 inputs."], (s_spec with { Rank = 8 }).Faults());

    private static float[] Logits(PModelSpec spec, float[] parameters, float[] inputs) => spec.Forward(
        spec.Layout.Split(Tensor.From(parameters, [1, parameters.Length])),
        Tensor.From(inputs, [1, inputs.Length / s_spec.Inputs, s_spec.Inputs])).ToArray();
}
