using ML.TextToModel.Tensors;
using ML.TextToModel.Tests;

namespace ML.TextToModel.Generators.Tina.Tests;

public sealed class TinaNetworkTests
{
    [Theory, InlineData(TokenLayout.ClassRow), InlineData(TokenLayout.Chunked)]
    public void An_untrained_network_predicts_the_base(TokenLayout tokens)
    {
        TinaNetwork network = new(SmallTina.Options(tokens), SmallTina.Spec(), [1, 2, 0.5f, 0.1f], new Rng(1));
        Tensor conditions = SmallTina.Conditions(2, 4);
        TokenValues clean = network.Forward(network.Noise(2, 4, new Rng(3)), [0, 0], conditions);
        Assert.All(clean.Chunks.ToArray(), value => Assert.Equal(0, value));
        Assert.All(network.Vectors(clean, conditions).ToArray(),
            value => Assert.Equal(0, value));
    }

    [Theory, InlineData(TokenLayout.ClassRow), InlineData(TokenLayout.Chunked)]
    public void Normalised_parameters_come_back(TokenLayout tokens)
    {
        TinaNetwork network = SmallTina.Trained(tokens);
        Tensor conditions = SmallTina.Conditions(2, 4);
        Tensor vectors = Tensor.Normal([2, network.Spec.Layout.Count], new Rng(3));
        float[] back = network.Vectors(network.Normalise(vectors, conditions), conditions).ToArray();
        Closeness.AssertClose(vectors.ToArray(), back, 1e-5);
    }

    [Fact]
    public void Class_rows_follow_the_order_of_classes()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        Tensor conditions = SmallTina.Conditions(1, 4);
        TokenValues noise = network.Noise(1, 4, new Rng(3));
        int[] order = [2, 0, 3, 1];
        Tensor Permuted(Tensor x) => Tensor.Concat(1, [.. order.Select(c => x.Narrow(1, c, 1))]);

        TokenValues plain = network.Forward(noise, [0.3f], conditions);
        TokenValues moved = network.Forward(noise with { Rows = Permuted(noise.Rows) }, [0.3f], Permuted(conditions));
        Closeness.AssertClose(plain.Chunks.ToArray(), moved.Chunks.ToArray(), 1e-4);
        Closeness.AssertClose(Permuted(plain.Rows).ToArray(), moved.Rows.ToArray(), 1e-4);
    }

    [Fact]
    public void The_same_weights_serve_any_number_of_classes()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.ClassRow);
        foreach (int classes in new[] { 1, 2, 30 })
        {
            Tensor conditions = SmallTina.Conditions(1, classes);
            TokenValues clean = network.Forward(network.Noise(1, classes, new Rng(3)), [0], conditions);
            Assert.Equal(network.SpecOf(classes).Layout.Count, network.Vectors(clean, conditions).Count);
        }
    }

    [Fact]
    public void The_chunked_layout_fills_up_missing_classes()
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.Chunked);
        Tensor conditions = SmallTina.Conditions(1, 4);
        TokenValues noise = network.Noise(1, 4, new Rng(3));
        float[] all = network.Forward(noise, [0], conditions).Chunks.ToArray();
        float[] two = network.Forward(noise, [0], conditions.Narrow(1, 0, 2)).Chunks.ToArray();
        Assert.Equal(all.Length, two.Length);
        Assert.NotEqual(all, two);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Merged_texts_say_nothing_of_their_order(bool merged)
    {
        TinaNetwork network = SmallTina.Trained(TokenLayout.Chunked, merged: merged);
        Tensor conditions = SmallTina.Conditions(1, 4);
        Tensor moved = Tensor.Concat(1, conditions.Narrow(1, 2, 2), conditions.Narrow(1, 0, 2));
        TokenValues noise = network.Noise(1, 4, new Rng(3));
        float[] one = network.Forward(noise, [0.3f], conditions).Chunks.ToArray();
        float[] other = network.Forward(noise, [0.3f], moved).Chunks.ToArray();
        double most = one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
        Assert.Equal(merged, most < 1e-5);
    }

    [Theory, InlineData(TokenLayout.ClassRow), InlineData(TokenLayout.Chunked)]
    public void Gradients_are_those_of_central_differences(TokenLayout tokens)
    {
        TinaNetwork network = SmallTina.Trained(tokens);
        int classes = tokens == TokenLayout.Chunked ? 3 : 4;   // one is missing, so its token has a gradient too
        Tensor conditions = SmallTina.Conditions(2, classes), inputs = Tensor.Normal([2, 6, 32, 32, 3], new Rng(5));
        TokenValues noise = network.Noise(2, classes, new Rng(3));
        int[] answers = [0, 1, 2, 3, 1, 0, 2, 2, 3, 1, 0, 3];
        GradientCheck.Run(network.Parameters, () =>
        {
            Tensor vectors = network.Vectors(network.Forward(noise, [0, 0.6f], conditions), conditions);
            return network.Spec.Forward(network.Spec.Layout.Split(vectors), inputs).CrossEntropy(answers);
        });
    }
}
