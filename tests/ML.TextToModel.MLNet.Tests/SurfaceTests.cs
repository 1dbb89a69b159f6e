namespace ML.TextToModel.MLNet.Tests;

/// <summary>The signatures that the adapter compiles against elsewhere, held against ML.NET itself.</summary>
public sealed class SurfaceTests
{
    [RealFact]
    public void Every_signature_of_the_surface_is_one_of_the_real_assemblies() =>
        Surface.AssertIsReal("MLNetSurface", "Microsoft.ML*.dll", least: 50);
}
