using ML.TextToModel.Tensors.Kernels;
using ML.TextToModel.Tensors.Parallel;

namespace ML.TextToModel.Tensors.Tests;

/// <summary>Tests that change the kernels or the number of threads, or measure memory, run alone.</summary>
[CollectionDefinition(nameof(EngineSettings), DisableParallelization = true)]
public sealed class EngineSettingsCollection;

/// <summary>Kernels and a number of threads, until it is disposed.</summary>
internal readonly struct EngineSettings : IDisposable
{
    private readonly KernelSet _kernels = KernelSet.Current;
    private readonly int _threads = Workers.Threads;

    public EngineSettings(KernelSet kernels, int threads)
    {
        KernelSet.Current = kernels;
        Workers.Threads = threads;
    }

    /// <summary>The kernel sets that this processor, with the runtime's switches, can run; scalar is last.</summary>
    public static IEnumerable<KernelSet> Levels => KernelSet.All.Where(set => set.IsSupported);

    public static TheoryData<string> LevelNames => new(Levels.Select(set => set.Name));

    public static KernelSet Level(string name) => KernelSet.All.Single(set => set.Name == name);

    public void Dispose()
    {
        KernelSet.Current = _kernels;
        Workers.Threads = _threads;
    }
}
