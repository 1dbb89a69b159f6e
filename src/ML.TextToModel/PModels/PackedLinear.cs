using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.PModels;

/// <summary>A weight matrix that multiplies one row at a time, packed once for the kernels in use.</summary>
internal sealed unsafe class PackedLinear
{
    private readonly KernelSet _kernels = KernelSet.Current;
    private readonly MatrixProductShape _shape;
    private readonly float[] _parameters, _packed;
    private readonly int _offset;

    /// <summary>Packs the weight (outputs, inputs) that lies at a slot of <paramref name="parameters"/>.</summary>
    public PackedLinear(float[] parameters, ParameterSlot weight)
    {
        (_parameters, _offset) = (parameters, weight.Offset);
        int outputs = weight.Shape[0], inputs = weight.Shape[1];
        _shape = new MatrixProductShape(1, 1, outputs, inputs)
        {
            ARow = inputs, AColumn = 1, BRow = 1, BColumn = inputs, CRow = outputs, Accumulate = true,
        };
        _packed = new float[_kernels.PackedLength(_shape)];
        if (_packed.Length == 0) return;   // these kernels read a matrix of this shape as it is
        fixed (float* b = _parameters, packed = _packed) _kernels.PackColumns(_shape, b + _offset, packed, 0, outputs);
    }

    public int Outputs => _shape.N;

    /// <summary>y += W x.</summary>
    public void AddProduct(ReadOnlySpan<float> x, Span<float> y)
    {
        fixed (float* a = x, b = _parameters, packed = _packed, c = y)
            _kernels.MatMul(_shape, a, b + _offset, packed, c, firstRow: 0, rows: 1, firstColumn: 0, columns: _shape.N);
    }
}
