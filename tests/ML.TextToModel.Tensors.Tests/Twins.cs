namespace ML.TextToModel.Tensors.Tests;

/// <summary>Tensors that hold the values of another one in a different place of memory.</summary>
internal static class Twins
{
    /// <summary>Ways to lay the same values out, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> SameValues { get; } =
        new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["axes in reverse order"] = Reversed,
            ["every second element"] = Gapped,
            ["a slice of a larger block"] = Sliced,
        };

    /// <summary>Views that repeat the first entry of an axis, by name.</summary>
    public static IReadOnlyDictionary<string, Func<Tensor, Tensor>> Repeating { get; } =
        new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["first axis repeated"] = x => Repeated(x, 0),
            ["last axis repeated"] = x => Repeated(x, -1),
            ["one number repeated"] = x => Enumerable.Range(0, x.Shape.Rank).Aggregate(x, Repeated),
        };

    private static Tensor Reversed(Tensor x)
    {
        int[] axes = [.. Enumerable.Range(0, x.Shape.Rank).Reverse()];
        return x.Permute(axes).Clone().Permute(axes);
    }

    /// <summary>The elements of each row stand two apart, with NaN between them.</summary>
    private static Tensor Gapped(Tensor x)
    {
        Tensor block = Tensor.Full([Math.Max(1, 2 * x.Count)], float.NaN);
        int[] strides = [.. x.Shape.ContiguousStrides().Select(stride => 2 * stride)];
        Tensor twin = new(block.Storage, 0, x.Shape, new Shape(strides));
        float[] values = x.ToArray();
        for (int i = 0; i < values.Length; i++) block.AsSpan()[2 * i] = values[i];
        return twin;
    }

    private static Tensor Sliced(Tensor x)
    {
        Range[] inner = new Range[x.Shape.Rank];
        (int, int)[] room = new (int, int)[x.Shape.Rank];
        for (int i = 0; i < inner.Length; i++) (inner[i], room[i]) = (1..(1 + x.Shape[i]), (1, 2));
        // Zeros stand round the values; where they are, NaN is put.
        Tensor outside = 1 - Tensor.Ones(x.Shape).Pad(room);
        return Tensor.Where(outside, Tensor.Full([], float.NaN), x.Pad(room)).Slice(inner);
    }

    private static Tensor Repeated(Tensor x, int axis) =>
        x.Shape.Rank == 0 || x.Shape[axis] == 0 ? x : x.Narrow(axis, 0, 1).Expand(x.Shape);
}
