using System.Runtime.CompilerServices;

namespace ML.TextToModel.Cli.Tests.Support;

/// <summary>
/// Tests run side by side, one a processor, so each computes on one thread; the processes they start on all.
/// </summary>
internal static class OneThread
{
    [ModuleInitializer]
    internal static void Set() => ComputeThreads.Count = 1;
}
