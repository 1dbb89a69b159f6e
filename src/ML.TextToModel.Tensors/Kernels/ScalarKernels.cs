namespace ML.TextToModel.Tensors.Kernels;

/// <summary>The kernels as plain loops that read like their formulas: what every other set must agree with.</summary>
internal sealed partial class ScalarKernels : RegisterKernels<Vector1f>
{
    /// <inheritdoc/>
    public override string Name => "scalar";

    /// <inheritdoc/>
    public override bool IsSupported => true;
}
