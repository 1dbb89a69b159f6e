namespace ML.TextToModel.Tensors.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void Shapes_are_equal_by_their_sizes()
    {
        Shape shape = [2, 3];
        Assert.Equal(new Shape(2, 3), shape);
        Assert.True(shape == [2, 3] && shape != [3, 2] && shape != [2, 3, 1] && shape != []);
        Assert.Equal(shape.GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.False(shape.Equals("(2, 3)"));
    }

    [Fact]
    public void Axes_count_from_both_ends()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((2, 4, 4, 2), (shape[0], shape[2], shape[-1], shape[-3]));
        Assert.StartsWith("The shape (2, 3, 4) has no axis 3.",
            Assert.Throws<ArgumentOutOfRangeException>(() => shape[3]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape[-4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shape()[0]);
    }

    [Fact]
    public void Element_counts_multiply_the_sizes()
    {
        Assert.Equal(1, new Shape().ElementCount);
        Assert.Equal(24, new Shape(2, 3, 4).ElementCount);
        Assert.Equal(0, new Shape(5, 0).ElementCount);
        Assert.Throws<OverflowException>(() => new Shape(1 << 16, 1 << 15).ElementCount);
    }

    [Fact]
    public void Axes_are_replaced_inserted_and_removed()
    {
        Shape shape = [2, 3];
        Assert.Equal([2, 5], shape.With(-1, 5));
        Assert.Equal([7, 2, 3], shape.Insert(0, 7));
        Assert.Equal([2, 7, 3], shape.Insert(1, 7));
        Assert.Equal([2, 3, 7], shape.Insert(2, 7));
        Assert.Equal([2, 3, 7], shape.Insert(-1, 7));
        Assert.Equal([3], shape.Remove(0));
        Assert.Equal([2], shape.Remove(-1));
        Assert.StartsWith("The shape (2, 3) has no place 3 for an axis.",
            Assert.Throws<ArgumentOutOfRangeException>(() => shape.Insert(3, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => shape.Remove(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shape().Remove(0));
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.StartsWith("Axis 1 has the negative size -2.",
            Assert.Throws<ArgumentException>(() => new Shape(1, -2)).Message);
        Assert.StartsWith("A shape has at most 6 axes, not 7.",
            Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1, 1, 1)).Message);
    }

    [Fact]
    public void Sizes_can_be_listed_and_spread()
    {
        Shape shape = [4, 1, 3];
        int[] spread = [.. shape, 9];
        Assert.Equal([4, 1, 3, 9], spread);
        Assert.Equal([4, 1, 3], shape.ToArray());
        Assert.Equal(8, shape.Sum());
        Assert.Equal("(4, 1, 3)", shape.ToString());
        Assert.Equal("()", default(Shape).ToString());
    }
}
