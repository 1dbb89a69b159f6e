using FsCheck;
using FsCheck.Fluent;
using ML.TextToModel.Tensors.Operations;

namespace ML.TextToModel.Tensors.Tests;

/// <summary>Random shapes, with axes of length 0 and 1, against one index computed at a time.</summary>
public sealed class MovementPropertyTests
{
    private static readonly Gen<Shape> s_shapes =
        from rank in Gen.Choose(0, 4)
        from sizes in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (9, Gen.Choose(1, 5))), rank)
        select new Shape(sizes);

    // A tensor of distinct values, laid out in any way.
    private static readonly Gen<Tensor> s_tensors =
        from shape in s_shapes
        from layout in Gen.Elements<Func<Tensor, Tensor>>([x => x, .. Twins.SameValues.Values])
        select layout(Tensor.From([.. Enumerable.Range(1, shape.ElementCount).Select(i => (float)i)], shape));

    [Fact]
    public void Reshape_keeps_the_order_of_elements() => Check(
        from x in s_tensors
        from cut in Gen.Choose(0, x.Shape.Rank)
        select (x, x.Reshape(
            [x.Shape.Take(cut).Aggregate(1, (a, b) => a * b), x.Shape.Skip(cut).Aggregate(1, (a, b) => a * b)])),
        (x, y) => Assert.Equal(x.ToArray(), y.ToArray()));

    [Fact]
    public void Permute_moves_each_index() => Check(
        from x in s_tensors
        from axes in Gen.Shuffle(Enumerable.Range(0, x.Shape.Rank).ToArray())
        select ((x, axes), x.Permute(axes)),
        (input, y) => AssertElements(y, [.. input.axes.Select(axis => input.x.Shape[axis])], index =>
        {
            int[] source = new int[index.Length];
            for (int i = 0; i < index.Length; i++) source[input.axes[i]] = index[i];
            return At(input.x, source);
        }));

    [Fact]
    public void Slice_shifts_each_index() => Check(
        from x in s_tensors
        from cuts in Gen.CollectToArray(x.Shape.Select(size =>
            from start in Gen.Choose(0, size) from end in Gen.Choose(start, size) select (start, end)))
        select ((x, cuts), x.Slice([.. cuts.Select(cut => cut.start..cut.end)])),
        (input, y) => AssertElements(y, [.. input.cuts.Select(cut => cut.end - cut.start)],
            index => At(input.x, [.. index.Zip(input.cuts, (i, cut) => i + cut.start)])));

    [Fact]
    public void Pad_puts_zeros_round_the_elements() => Check(
        from x in s_tensors
        from room in Gen.CollectToArray(
            x.Shape.Select(_ => from before in Gen.Choose(0, 2) from after in Gen.Choose(0, 2) select (before, after)))
        select ((x, room), x.Pad(room)),
        (input, y) => AssertElements(y,
            [.. input.x.Shape.Zip(input.room, (size, room) => room.before + size + room.after)], index =>
        {
            int[] source = [.. index.Zip(input.room, (i, room) => i - room.before)];
            bool inside = source.Zip(input.x.Shape).All(pair => pair.First >= 0 && pair.First < pair.Second);
            return inside ? At(input.x, source) : 0;
        }));

    [Fact]
    public void Expand_repeats_axes_of_length_1() => Check(
        from x in s_tensors
        from outer in Gen.Choose(0, 2)
        from repeats in Gen.ArrayOf(Gen.Choose(0, 3), x.Shape.Rank)
        let sizes = x.Shape.Zip(repeats, (size, repeat) => size == 1 ? repeat : size)
        let shape = new Shape([.. Enumerable.Repeat(2, outer), .. sizes])
        select ((x, outer), x.Expand(shape)),
        (input, y) => AssertElements(y, y.Shape,
            index => At(input.x, [.. index.Skip(input.outer).Zip(input.x.Shape, (i, size) => size == 1 ? 0 : i)])));

    [Fact]
    public void Concat_puts_one_behind_the_other() => Check(
        from x in s_tensors
        where x.Shape.Rank > 0
        from axis in Gen.Choose(0, x.Shape.Rank - 1)
        from lengths in Gen.ArrayOf(Gen.Choose(0, 3), 2)
        let parts = new[] { x }.Concat(
            lengths.Select(length => Tensor.Full(x.Shape.With(axis, length), -length))).ToArray()
        select ((parts, axis), Tensor.Concat(axis, parts)),
        (input, y) => AssertElements(y,
            input.parts[0].Shape.With(input.axis, input.parts.Sum(part => part.Shape[input.axis])), index =>
        {
            int[] rest = [.. index];
            foreach (Tensor part in input.parts)
            {
                if (rest[input.axis] < part.Shape[input.axis]) return At(part, rest);
                rest[input.axis] -= part.Shape[input.axis];
            }
            throw new InvalidOperationException("No part holds the index.");
        }));

    [Fact]
    public void Sums_and_maxima_take_each_element_once() => Check(
        from x in s_tensors
        where x.Shape.Rank > 0
        from axes in Gen.NonEmptyListOf(Gen.Choose(0, x.Shape.Rank - 1))
        let distinct = axes.Distinct().ToArray()
        select ((x, axes: distinct), (x.Sum(distinct), x.Max(distinct))),
        (input, y) =>
        {
            Shape kept = new([.. input.x.Shape.Select((size, axis) => input.axes.Contains(axis) ? 1 : size)]);
            AssertElements(y.Item1, kept, index => Reduced(index).Sum());
            AssertElements(y.Item2, kept, index => Reduced(index).DefaultIfEmpty(float.NegativeInfinity).Max());

            IEnumerable<float> Reduced(int[] index) => Indices(input.x.Shape)
                .Where(source => Kept(source).SequenceEqual(Kept(index))).Select(source => At(input.x, source));

            IEnumerable<int> Kept(int[] index) => index.Where((_, axis) => !input.axes.Contains(axis));
        });

    [Fact]
    public void Rows_of_operands_visit_each_index_in_order() => Check(
        from rank in Gen.Choose(0, Shape.MaxRank)
        from sizes in Gen.ArrayOf(
            Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Constant(1)), (6, Gen.Choose(2, 3))), rank)
        from strides in Gen.ArrayOf(Strides(new Shape(sizes)), 3)
        select ((shape: new Shape(sizes), strides), new StridedRows(new Shape(sizes), strides)),
        (input, rows) =>
        {
            Assert.Equal(input.shape.ElementCount, rows.Rows * rows.Length);
            int place = 0;
            foreach (int[] index in Indices(input.shape))
            {
                (int row, int column) = Math.DivRem(place++, rows.Length);
                for (int o = 0; o < 3; o++)
                    Assert.Equal(index.Zip(input.strides[o], (i, stride) => i * stride).Sum(),
                        rows.Offset(o, row) + column * rows.Step(o));
            }
        });

    /// <summary>Strides of a contiguous, permuted or partly repeated tensor.</summary>
    private static Gen<Shape> Strides(Shape shape) =>
        from order in Gen.Shuffle(Enumerable.Range(0, shape.Rank).ToArray())
        from keepOrder in Gen.Elements(true, true, false)
        from repeated in Gen.ArrayOf(Gen.Elements(false, false, true), shape.Rank)
        let sorted = new Shape([.. order.Select(axis => shape[axis])]).ContiguousStrides()
        let strides = keepOrder ? shape.ContiguousStrides()
            : new Shape([.. Movement.Inverse(order).Select(place => sorted[place])])
        select new Shape([.. strides.Select((stride, axis) => repeated[axis] ? 0 : stride)]);

    private static void Check<TInput, TOutput>(Gen<(TInput, TOutput)> cases, Action<TInput, TOutput> check) =>
        Prop.ForAll(cases.ToArbitrary(), c => check(c.Item1, c.Item2)).QuickCheckThrowOnFailure();

    private static void AssertElements(Tensor actual, Shape shape, Func<int[], float> expected)
    {
        Assert.Equal(shape, actual.Shape);
        Assert.Equal([.. Indices(shape).Select(expected)], actual.ToArray());
    }

    private static IEnumerable<int[]> Indices(Shape shape)
    {
        for (int place = 0; place < shape.ElementCount; place++)
        {
            int[] index = new int[shape.Rank];
            for (int axis = shape.Rank - 1, rest = place; axis >= 0; axis--)
                rest = Math.DivRem(rest, shape[axis], out index[axis]);
            yield return index;
        }
    }

    private static float At(Tensor x, int[] index)
    {
        int place = 0;
        for (int axis = 0; axis < index.Length; axis++) place = place * x.Shape[axis] + index[axis];
        return x.ToArray()[place];
    }
}
