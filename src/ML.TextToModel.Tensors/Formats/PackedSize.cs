namespace ML.TextToModel.Tensors.Formats;

/// <summary>Sizes of packed tensors in checked arithmetic.</summary>
internal static class PackedSize
{
    /// <summary>
    /// Bytes of a tensor of this shape; false where they do not fit 64 bits. Zero sizes count as one in that test, as
    /// in NumPy, so that the answer does not depend on the order of the dimensions.
    /// </summary>
    public static bool TryGet(ReadOnlySpan<int> shape, int elementBytes, out long bytes)
    {
        Int128 product = elementBytes;
        bool empty = false;
        bytes = 0;
        foreach (int size in shape)
        {
            empty |= size == 0;
            product *= Math.Max(size, 1);
            if (product > long.MaxValue) return false;
        }
        if (!empty) bytes = (long)product;
        return true;
    }
}
