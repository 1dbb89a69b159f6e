namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// The sizes and strides, in floats, of a batch of matrix products C = A · B with A (M, K), B (K, N) and C (M, N),
/// where each row of C is contiguous. Any stride of A and B may be zero (a repeated operand) or order the matrix by
/// columns.
/// </summary>
internal readonly record struct MatrixProductShape(int Batch, int M, int N, int K)
{
    public long ABatch { get; init; }

    public required int ARow { get; init; }

    public required int AColumn { get; init; }

    public long BBatch { get; init; }

    public required int BRow { get; init; }

    public required int BColumn { get; init; }

    public long CBatch { get; init; }

    public required int CRow { get; init; }

    /// <summary>C += A · B in place of C = A · B.</summary>
    public bool Accumulate { get; init; }
}
