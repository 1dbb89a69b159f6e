using System.Runtime.CompilerServices;

namespace ML.TextToModel.SemanticKernel.Tests;

/// <summary>A test that needs Semantic Kernel itself; compiled against its surface only, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFactAttribute : FactAttribute
{
    public RealFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
#if SURFACE
        Skip = "Semantic Kernel's packages are absent.";
#endif
    }
}
