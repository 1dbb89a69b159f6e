namespace ML.TextToModel.Tensors.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Tensors_print_their_shape_and_first_values()
    {
        Assert.Equal("f32 (2, 3) [0.12, -0.4, 1, 2, 3, 4]", Tensor.From([0.12f, -0.4f, 1, 2, 3, 4], [2, 3]).ToString());
        Assert.Equal("f32 (7) [0, 0, 0, 0, 0, 0, …]", Tensor.Zeros([7]).ToString());
        Assert.Equal("f32 (3, 2) [1, 4, 2, 5, 3, 6]", Tensor.From([1, 2, 3, 4, 5, 6], [2, 3]).Transpose().ToString());
        Assert.Equal("f32 (9, 9) [1, 1, 1, 1, 1, 1, …]", Tensor.Ones([]).Expand([9, 9]).ToString());
        Assert.Equal("f32 () [1.235E+05]", Tensor.Full([], 123456).ToString());
        Assert.Equal("f32 (2, 0) []", Tensor.Zeros([2, 0]).ToString());
    }

    [Fact]
    public void Views_share_the_memory_of_their_tensor()
    {
        Tensor x = Tensor.Zeros([4, 3]);
        x.Slice(1..2).AsSpan().Fill(5);
        x.Reshape(12).AsSpan()[11] = 7;
        Tensor transposed = x.Transpose();
        x.AsSpan()[0] = 9;
        Assert.Equal([9, 0, 0, 5, 5, 5, 0, 0, 0, 0, 0, 7], x.ToArray());
        Assert.Equal([9, 5, 0, 0, 0, 5, 0, 0, 0, 5, 0, 7], transposed.ToArray());
        Assert.Same(x, x.Contiguous());
        Assert.NotSame(x.Storage, transposed.Contiguous().Storage);
    }

    [Fact]
    public void Only_contiguous_tensors_have_a_span()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.True(x.IsContiguous && x.Slice(1..2).IsContiguous && x.Slice(1..2, 1..).IsContiguous
            && x.Reshape(3, 2, 1).IsContiguous);
        Assert.False(x.Transpose().IsContiguous || x.Slice(.., 1..).IsContiguous
            || Tensor.Ones([]).Expand([2]).IsContiguous);
        Assert.Equal("A view of shape (3, 2) with strides (1, 3) has no span; call Contiguous().",
            Assert.Throws<InvalidOperationException>(() => x.Transpose().AsSpan()).Message);
    }

    [Fact]
    public void Mistakes_in_shapes_are_named()
    {
        Tensor x = Tensor.Zeros([2, 3]), y = Tensor.Zeros([4]);
        AssertArgument("5 values do not fill the shape (2, 3) of 6.", () => Tensor.From([1, 2, 3, 4, 5], [2, 3]));
        AssertArgument("The shapes (2, 3) and (4) do not fit: axis -1 has sizes 3 and 4.", () => x + y);
        AssertArgument("The shapes (2, 3) and (3, 3) do not fit: axis -2 has sizes 2 and 3.",
            () => x * Tensor.Zeros([3, 3]));
        AssertArgument("A tensor of shape (2, 3) cannot take the shape (4, 2).", () => x.Reshape(4, 2));
        AssertArgument("A tensor of shape (2, 3) cannot take the shape (4, 1).", () => x.Reshape(4, -1));
        AssertArgument("Axis 1 has the negative size -1.", () => x.Reshape(-1, -1));
        AssertArgument("A tensor of shape (2, 3) cannot be expanded to (2, 6).", () => x.Expand([2, 6]));
        AssertArgument("A tensor of shape (2, 3) cannot be expanded to ().", () => x.Expand([]));
        AssertArgument("A tensor of shape (2, 3) cannot be expanded to (3).", () => x.Expand([3]));
        AssertArgument("1 axes do not permute the shape (2, 3).", () => x.Permute(0));
        AssertArgument("An axis is named twice.", () => x.Permute(0, 0));
        AssertArgument("3 ranges for the shape (2, 3).", () => x.Slice(.., .., ..));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Slice(1..3));
        AssertArgument("The padding (-1, 0) of axis 0 is negative.", () => x.Pad((-1, 0)));
        AssertArgument("3 pairs of padding for the shape (2, 3).", () => x.Pad((1, 1), (1, 1), (1, 1)));
        Assert.Throws<OverflowException>(() => x.Pad((int.MaxValue, int.MaxValue)));
        AssertArgument("There is nothing to put together.", () => Tensor.Concat(0));
        AssertArgument("The shapes (2, 3) and (4) differ beside axis 0.", () => Tensor.Concat(0, x, y));
        AssertArgument("The shapes (2, 3) and (2, 4) differ beside axis 0.",
            () => Tensor.Concat(0, x, Tensor.Zeros([2, 4])));
        AssertArgument("Index 2 at place 1 is not in the first axis of length 2.", () => x.Gather(0, 2));
        AssertArgument("Index -1 at place 0 is not in the first axis of length 2.", () => x.Gather(-1));
        AssertArgument("1 indices for the 2 entries of the shape (2, 3).", () => x.ScatterAdd([0], 5));
        AssertArgument("Index 5 at place 0 is not in the first axis of length 5.", () => x.ScatterAdd([5, 0], 5));
        AssertArgument("Axis 0 of the shape (2, 3) is longer than 1.", () => x.Squeeze(0));
        AssertArgument("A matrix product of the shapes (2, 3) and (2, 3) is not defined.", () => x.MatMul(x));
        AssertArgument("A matrix product of the shapes (2, 3) and (4) is not defined.", () => x.MatMul(y));
        AssertArgument("Linear of an input (2, 3) with a weight (3, 2) and a bias none is not defined.",
            () => x.Linear(Tensor.Zeros([3, 2])));
        AssertArgument("Linear of an input (2, 3) with a weight (2, 3) and a bias (4) is not defined.",
            () => x.Linear(x, y));
        AssertArgument("Gamma (4) and beta (4) do not fit the input (2, 3).", () => x.LayerNorm(y, y));
        AssertArgument("Give gamma and beta, or neither.", () => x.LayerNorm(Tensor.Ones([3])));
        AssertArgument(
            "A convolution of images (1, 1, 4, 4, 3) with weights (1, 8, 2, 3, 3) in 1 groups, padding 0, "
            + "is not defined.",
            () => Tensor.Zeros([1, 4, 4, 3]).Convolve(Tensor.Zeros([8, 2, 3, 3])));
        Assert.Equal("A tensor of shape (2, 3) is not a single number.",
            Assert.Throws<InvalidOperationException>(() => x.Item()).Message);
    }

    [Fact]
    public void Tensors_may_be_empty()
    {
        Tensor x = Tensor.Zeros([2, 0]);
        x.RequiresGradient = true;
        Assert.True(x.IsContiguous && x.Transpose().IsContiguous);
        Assert.Equal(0, x.Sum().Item());
        Assert.Equal([0, 0], x.Sum(1).ToArray());
        Assert.Equal(new Shape(1, 0), x.Max(0).Shape);
        Assert.Equal(float.NegativeInfinity, x.Max().Item());
        Assert.True(float.IsNaN(x.Mean().Item()));
        Assert.Empty((x.Exp() + x.Transpose().Transpose()).Softmax().LayerNorm().ToArray());
        Assert.Equal(new Shape(2, 5), Tensor.Concat(1, x, Tensor.Ones([2, 5])).Shape);
        Assert.Equal(new float[4], x.Pad((0, 0), (1, 1)).ToArray());
        Assert.Equal(new Shape(0, 3), Tensor.Ones([5, 3]).Gather([]).Shape);
        Assert.Equal(new float[6], Tensor.Ones([0, 3]).ScatterAdd([], 2).ToArray());
        Assert.Equal(new Shape(0), Tensor.Ones([1]).Expand([0]).Shape);
        Assert.Equal(new Shape(4, 0), (Tensor.Ones([1, 0]) + Tensor.Ones([4, 1])).Shape);
        Assert.Equal(0, Tensor.Zeros([0, 3]).CrossEntropy([]).Item());
        Assert.Empty(x.Sum().Backward()[x].ToArray());
    }

    [Fact]
    public void Products_over_an_axis_without_elements_are_zero()
    {
        Tensor a = Tensor.Zeros([2, 0]), b = Tensor.Zeros([0, 3]);
        Tensor batch = Tensor.Zeros([4, 2, 0]), bias = Tensor.From(1, 2, 3);
        Assert.Equal(new float[6], a.MatMul(b).ToArray());
        Assert.Equal(new float[24], batch.MatMul(b).ToArray());
        Assert.Equal([1, 2, 3, 1, 2, 3], a.Linear(b.Transpose(), bias).ToArray());
        Assert.Equal(new Shape(4, 2, 3), batch.Linear(b.Transpose(), bias).Shape);
        Assert.Equal(new Shape(0, 3), Tensor.Zeros([0, 5]).Linear(Tensor.Zeros([3, 5])).Shape);
    }

    [Fact]
    public void Batches_of_matrices_may_be_cut_from_larger_ones()
    {
        // The axis of length 1 has the stride of the axis before it, which says nothing about the one behind it.
        Tensor large = Tensor.Normal([2, 1, 6, 3, 4], new Rng(1)), part = large.Slice(.., .., 0..3);
        Tensor other = Tensor.Normal([2, 1, 3, 4, 2], new Rng(2));
        Assert.Equal(part.Clone().MatMul(other).ToArray(), part.MatMul(other).ToArray());
    }

    [Fact]
    public void Copies_go_to_the_front_of_a_longer_span()
    {
        float[] target = [9, 9, 9, 9, 9];
        Tensor.From([1, 2, 3, 4], [2, 2]).Transpose().CopyTo(target);
        Assert.Equal([1, 3, 2, 4, 9], target);
        Assert.ThrowsAny<ArgumentException>(() => Tensor.Zeros([2, 3]).Transpose().CopyTo(target));
        Assert.ThrowsAny<ArgumentException>(() => Tensor.Zeros([2, 3]).CopyTo(target));
    }

    private static void AssertArgument(string message, Func<Tensor> use) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(use).Message);
}
