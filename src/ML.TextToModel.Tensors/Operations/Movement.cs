using ML.TextToModel.Tensors.Autograd;
using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Operations;

/// <summary>
/// Copying between tensors of different shapes, and the gradients of operations that only move elements.
/// </summary>
internal static unsafe class Movement
{
    public static int[] Inverse(int[] permutation)
    {
        int[] inverse = new int[permutation.Length];
        for (int i = 0; i < permutation.Length; i++) inverse[permutation[i]] = i;
        return inverse;
    }

    /// <summary>
    /// Copies <paramref name="x"/> to where it stands inside <paramref name="y"/>, given the room round it.
    /// </summary>
    public static void CopyInto(Tensor x, Tensor y, ReadOnlySpan<(int Before, int After)> padding)
    {
        if (x.Count == 0) return;
        long start = 0;
        for (int i = 0; i < padding.Length; i++) start += (long)padding[i].Before * y.Strides[i];
        StridedRows rows = new(x.Shape, x.Strides, y.Strides);
        for (int row = 0; row < rows.Rows; row++)
        {
            float* source = x.Pointer + rows.Offset(0, row);
            float* target = y.Pointer + start + rows.Offset(1, row);
            if (rows.Step(0) == 1 && rows.Step(1) == 1)
                new ReadOnlySpan<float>(source, rows.Length).CopyTo(new Span<float>(target, rows.Length));
            else
                for (int i = 0; i < rows.Length; i++) target[(long)i * rows.Step(1)] = source[(long)i * rows.Step(0)];
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    public static void CheckIndices(ReadOnlySpan<int> indices, int length)
    {
        for (int i = 0; i < indices.Length; i++)
            if ((uint)indices[i] >= (uint)length)
                throw new ArgumentOutOfRangeException(
                    nameof(indices), $"Index {indices[i]} at place {i} is not in the first axis of length {length}.");
    }

    public static void Gather(Tensor x, ReadOnlySpan<int> indices, Tensor y)
    {
        int entry = x.Shape[0] == 0 ? 0 : x.Count / x.Shape[0];
        ReadOnlySpan<float> source = x.AsSpan();
        Span<float> target = y.AsSpan();
        for (int i = 0; i < indices.Length; i++)
            source.Slice(indices[i] * entry, entry).CopyTo(target.Slice(i * entry, entry));
        GC.KeepAlive(x);
    }

    public static void ScatterAdd(Tensor x, ReadOnlySpan<int> indices, Tensor y)
    {
        int entry = indices.Length == 0 ? 0 : x.Count / indices.Length;
        ReadOnlySpan<float> source = x.AsSpan();
        Span<float> target = y.AsSpan();
        for (int i = 0; i < indices.Length; i++)
            KernelSet.Current.AddScaled(source.Slice(i * entry, entry), 1, target.Slice(indices[i] * entry, entry));
        GC.KeepAlive(x);
    }

    public static InputGradients SliceGradient(Range[] ranges, Shape whole, Tensor g)
    {
        Span<(int, int)> padding = stackalloc (int, int)[ranges.Length];
        for (int i = 0; i < ranges.Length; i++)
        {
            (int start, int length) = ranges[i].GetOffsetAndLength(whole[i]);
            padding[i] = (start, whole[i] - start - length);
        }
        return g.Pad(padding);
    }

    public static InputGradients PadGradient((int Before, int After)[] padding, Shape inner, Tensor g)
    {
        Span<Range> ranges = stackalloc Range[padding.Length];
        for (int i = 0; i < padding.Length; i++) ranges[i] = padding[i].Before..(padding[i].Before + inner[i]);
        return g.Slice(ranges);
    }

    public static InputGradients ConcatGradient(Node n, Tensor g)
    {
        int axis = n.Get<int>(), start = 0;
        Tensor[] gradients = new Tensor[n.Inputs.Length];
        for (int i = 0; i < gradients.Length; start += n[i].Shape[axis], i++)
            gradients[i] = g.Narrow(axis, start, n[i].Shape[axis]);
        return gradients;
    }
}
