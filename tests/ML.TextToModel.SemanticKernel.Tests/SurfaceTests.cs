namespace ML.TextToModel.SemanticKernel.Tests;

/// <summary>The signatures that the adapter compiles against elsewhere, held against Semantic Kernel itself.</summary>
public sealed class SurfaceTests
{
    [RealFact]
    public void Every_signature_of_the_surface_is_one_of_the_real_assemblies() =>
        Surface.AssertIsReal("SemanticKernelSurface", "Microsoft.SemanticKernel*.dll", least: 15);
}
