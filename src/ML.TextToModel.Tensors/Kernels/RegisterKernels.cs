namespace ML.TextToModel.Tensors.Kernels;

/// <summary>
/// The kernels that are one loop over registers of type <typeparamref name="T"/>, the plain float included: elementwise
/// functions and rows. Products and convolutions differ between the scalar set and the others.
/// </summary>
internal abstract partial class RegisterKernels<T> : KernelSet where T : unmanaged, IVector<T>;
