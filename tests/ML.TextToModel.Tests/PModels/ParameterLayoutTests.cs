using ML.TextToModel.Tensors;
using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tests;

namespace ML.TextToModel.PModels.Tests;

public sealed class ParameterLayoutTests
{
    [Theory, MemberData(nameof(SmallModels.Names), MemberType = typeof(SmallModels))]
    public void Join_undoes_Split_and_each_slot_is_its_part_of_the_vector(string name)
    {
        ParameterLayout layout = SmallModels.Specs[name].Layout;
        Tensor vectors = Tensor.Normal([3, layout.Count], new Rng(1));
        Tensor[] tensors = layout.Split(vectors);
        Assert.Equal(vectors.ToArray(), layout.Join(tensors).ToArray());
        foreach ((ParameterSlot slot, Tensor tensor) in layout.Slots.Zip(tensors))
        {
            Assert.Equal(slot.Shape.Insert(0, 3), tensor.Shape);
            float[] second = vectors.ToArray()[layout.Count..(2 * layout.Count)];
            Assert.Equal(slot.Of(second.AsSpan()).ToArray(), tensor.ToArray()[slot.Count..(2 * slot.Count)]);
        }
    }

    [Theory, InlineData(1), InlineData(3)]
    public void Gradients_flow_through_Split_and_Join(int models)
    {
        ParameterLayout layout = SmallModels.Specs["mlp with skip"].Layout;
        Tensor vectors = Tensor.Normal([models, layout.Count], new Rng(1));
        vectors.RequiresGradient = true;
        Tensor weights = Tensor.Normal(vectors.Shape, new Rng(2));
        Tensor joined = layout.Join(layout.Split(vectors));
        Gradients gradients = (joined * joined * weights).Sum().Backward();
        Closeness.AssertClose((vectors * weights * 2).ToArray(), gradients[vectors].ToArray(), 1e-6);
    }

    [Fact]
    public void Vectors_and_tensors_that_do_not_fit_are_refused()
    {
        ParameterLayout layout = new LinearSpec { Classes = 2, Inputs = 3 }.Layout;
        Assert.StartsWith("Vectors of shape (1, 7) do not hold 8 parameters each.",
            Assert.Throws<ArgumentException>(() => layout.Split(Tensor.Zeros([1, 7]))).Message);
        Assert.StartsWith("1 tensors do not fill 2 slots.",
            Assert.Throws<ArgumentException>(() => layout.Join([Tensor.Zeros([1, 2, 3])])).Message);
        Assert.StartsWith("A tensor of shape (1, 3) is not one (2) per p-model.",
            Assert.Throws<ArgumentException>(
                () => layout.Join([Tensor.Zeros([1, 2, 3]), Tensor.Zeros([1, 3])])).Message);
    }

    [Fact]
    public void A_name_that_is_not_there_is_answered_with_those_that_are() => Assert.Equal(
        "There is no parameter 'head'; there are: head.weight, head.bias.",
        Assert.Throws<KeyNotFoundException>(() => new LinearSpec { Classes = 2, Inputs = 3 }.Layout["head"]).Message);
}
