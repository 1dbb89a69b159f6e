using ML.TextToModel.Tensors.Autograd;

namespace ML.TextToModel.Tensors.Tests;

public sealed class GradientTests
{
    [Fact]
    public void A_leaf_may_be_used_several_times()
    {
        Tensor x = Leaf(2, -3);
        Assert.Equal([3 * 4 + 2 * 2 + 2, 3 * 9 - 2 * 3 + 2], (x * x * x + x * x + x + x).Sum().Backward()[x].ToArray());
    }

    [Fact]
    public void Shared_parts_of_a_graph_are_walked_once_with_their_whole_gradient()
    {
        // Each level doubles the ways from y to x: a walk along each would not end.
        Tensor x = Leaf(1f / 1024), y = x;
        for (int i = 0; i < 60; i++) y = (y + y) * 0.5f;
        Assert.Equal([1], y.Sum().Backward()[x].ToArray());
    }

    [Fact]
    public void A_diamond_adds_the_gradients_of_its_sides()
    {
        Tensor x = Leaf(0.5f), shared = x * 3, left = shared.Exp(), right = shared.Square();
        double e = Math.Exp(1.5);
        // y = e^{3x} · 9x²
        Assert.Equal(3 * e * 9 * 0.25 + e * 18 * 0.5, (left * right).Sum().Backward()[x].Item(), 1e-4);
    }

    [Fact]
    public void Long_chains_do_not_overflow_the_stack()
    {
        Tensor x = Leaf(1), y = x;
        for (int i = 0; i < 50_000; i++) y = y + 1;
        Assert.Equal([1], y.Backward()[x].ToArray());
    }

    [Fact]
    public void Intermediate_results_may_ask_for_a_gradient_too()
    {
        Tensor x = Leaf(2), middle = x * 3;
        middle.RequiresGradient = true;
        Gradients gradients = (middle * middle).Sum().Backward();
        Assert.Equal([12], gradients[middle].ToArray());
        Assert.Equal([36], gradients[x].ToArray());
        Assert.Equal(2, gradients.Count);
    }

    [Fact]
    public void The_gradient_of_a_leaf_with_respect_to_itself_is_what_is_given()
    {
        Tensor x = Leaf(1, 2);
        Assert.Equal([5, 6], x.Backward(Tensor.From(5, 6))[x].ToArray());
    }

    [Fact]
    public void Backward_can_be_repeated()
    {
        Tensor x = Leaf(1, 2), loss = (x * x).Sum();
        Assert.Equal(loss.Backward()[x].ToArray(), loss.Backward()[x].ToArray());
        Assert.Equal([2, 4], loss.Backward()[x].ToArray());
    }

    [Fact]
    public void Nothing_flows_through_detached_tensors_and_comparisons()
    {
        Tensor x = Leaf(1, 2);
        Assert.Equal([1, 2], (x * x.Detach()).Sum().Backward()[x].ToArray());
        Assert.False(x.Less(Tensor.Full([], 1.5f)).Sum().Backward().TryGet(x, out _));
    }

    [Fact]
    public void No_graph_is_kept_inside_NoGradient()
    {
        Tensor x = Leaf(1);
        Tensor inside;
        using (Tensor.NoGradient())
        {
            using (Tensor.NoGradient()) Assert.Null((x * 2).Node);
            inside = x * 2;
        }
        Assert.Null(inside.Node);
        Assert.NotNull((x * 2).Node);
        Assert.Equal("This was computed from no tensor with RequiresGradient, or inside NoGradient().",
            Assert.Throws<InvalidOperationException>(() => inside.Backward()).Message);
    }

    [Fact]
    public void Operations_on_tensors_without_gradient_keep_no_graph() => Assert.Null((Tensor.Ones([2]) * 2).Node);

    [Fact]
    public void A_backward_pass_that_fails_leaves_the_thread_as_it_was()
    {
        Tensor x = Leaf(1), y;
        using (new TensorScope()) y = x.Exp() * x;   // what the gradient needs goes back to the pool
        Tensor loss = y;
        Assert.Throws<ObjectDisposedException>(() => loss.Backward(Tensor.Ones([1])));
        Assert.Equal([2], (x * x).Sum().Backward()[x].ToArray());
    }

    [Fact]
    public void A_graph_may_be_built_by_several_threads()
    {
        Tensor x = Leaf(3);
        Tensor[] parts = new Tensor[4];
        Thread[] threads = [.. Enumerable.Range(0, parts.Length).Select(i => new Thread(() =>
        {
            Tensor y = x;
            for (int step = 0; step <= 10 * i; step++) y = y + 1;
            parts[i] = y * y;
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Tensor loss = parts.Aggregate((a, b) => a + b);
        // Σ 2 (x + 1 + 10 i) over i from 0 to 3
        Assert.Equal([2 * (4 * 4 + 60)], loss.Backward()[x].ToArray());
    }

    [Fact]
    public void A_graph_may_be_walked_by_several_threads_in_turn()
    {
        Tensor x = Leaf(3), loss = (x * x).Sum();
        for (int i = 0; i < 3; i++)
        {
            float[]? gradient = null;
            Thread thread = new(() => gradient = loss.Backward()[x].ToArray());
            thread.Start();
            thread.Join();
            Assert.Equal([6], gradient!);
        }
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Tensor x = Leaf(1, 2), other = Leaf(1);
        Assert.Equal("A tensor of shape (2) has no gradient by itself; pass the output's.",
            Assert.Throws<InvalidOperationException>(() => (x * 2).Backward()).Message);
        Assert.StartsWith("The output has shape (2), its gradient (3).",
            Assert.Throws<ArgumentException>(() => (x * 2).Backward(Tensor.Ones([3]))).Message);
        Assert.Equal("There is no gradient for this tensor of shape (1): set RequiresGradient before it is used.",
            Assert.Throws<KeyNotFoundException>(() => x.Sum().Backward()[other]).Message);
    }

    [Fact]
    public void Gather_and_ScatterAdd_are_each_others_transpose()
    {
        // ⟨gather x, y⟩ = ⟨x, scatter-add y⟩ for all x and y.
        int[] indices = [4, 0, 4, 2, 4];
        Tensor x = Tensor.Normal([6, 3], new Rng(1)), y = Tensor.Normal([5, 3], new Rng(2));
        Assert.Equal((x.Gather(indices) * y).Sum().Item(), (x * y.ScatterAdd(indices, 6)).Sum().Item(), 1e-5f);
    }

    private static Tensor Leaf(params float[] values)
    {
        Tensor leaf = Tensor.From(values);
        leaf.RequiresGradient = true;
        return leaf;
    }
}
