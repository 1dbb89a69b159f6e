namespace ML.TextToModel.Tensors.Kernels;

// A product runs in two steps, so that threads can share the first: B is packed into the order in which the second reads
// it, then blocks of C are computed. Columns are cut at multiples of ColumnBlock only.
internal abstract unsafe partial class KernelSet
{
    /// <summary>First columns of packed or computed blocks are multiples of this.</summary>
    public const int ColumnBlock = 32;

    /// <summary>Floats that <see cref="PackColumns"/> fills for one B; 0 where the product reads B as it is.</summary>
    public abstract long PackedLength(in MatrixProductShape s);

    /// <summary>Packs <paramref name="columns"/> columns of B from <paramref name="firstColumn"/> on.</summary>
    public abstract void PackColumns(in MatrixProductShape s, float* b, float* packed, int firstColumn, int columns);

    /// <summary>A block of C = A · B, or C += A · B; <paramref name="packed"/> holds the packed columns of the block.</summary>
    public abstract void MatMul(
        in MatrixProductShape s, float* a, float* b, float* packed, float* c,
        int firstRow, int rows, int firstColumn, int columns);
}
