using System.Runtime.CompilerServices;

namespace ML.TextToModel.Adapters.Tests;

/// <summary>A test that needs the adapter's real packages; compiled against a surface only, it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFactAttribute : FactAttribute
{
    public RealFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1) : base(file, line)
    {
#if SURFACE
        Skip = "The packages that this adapter is for are absent.";
#endif
    }
}
