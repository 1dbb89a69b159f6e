using System.Runtime.CompilerServices;

namespace ML.TextToModel.MLNet.Tests;

/// <summary>A test that needs ML.NET itself; compiled against its surface only, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFactAttribute : FactAttribute
{
    public RealFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
#if SURFACE
        Skip = "ML.NET's packages are absent.";
#endif
    }
}
