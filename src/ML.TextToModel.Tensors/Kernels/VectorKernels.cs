namespace ML.TextToModel.Tensors.Kernels;

/// <summary>The kernels for registers of type <typeparamref name="T"/>.</summary>
internal sealed partial class VectorKernels<T>(string name, bool isSupported) : RegisterKernels<T>
    where T : unmanaged, IVector<T>
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override bool IsSupported => isSupported;
}
