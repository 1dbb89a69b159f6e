namespace ML.TextToModel.Tensors.Kernels;

internal abstract unsafe partial class KernelSet
{
    /// <summary>Blocks of columns of a product begin at multiples of this.</summary>
    public const int ColumnBlock = 32;

    /// <summary>
    /// Floats that <see cref="PackColumns"/> fills for one B, in an order that suits the set, so that many blocks of rows can
    /// share it; 0 where the set reads B as it is.
    /// </summary>
    public abstract long PackedLength(in MatrixProductShape s);

    /// <summary>Packs <paramref name="columns"/> columns of B from <paramref name="firstColumn"/> on.</summary>
    public abstract void PackColumns(in MatrixProductShape s, float* b, float* packed, int firstColumn, int columns);

    /// <summary>
    /// A block of C = A · B, or C += A · B. <paramref name="packed"/> is the packed B, or null if it was not worth packing.
    /// </summary>
    public abstract void MatMul(
        in MatrixProductShape s, float* a, float* b, float* packed, float* c,
        int firstRow, int rows, int firstColumn, int columns);
}
