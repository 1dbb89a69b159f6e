using ML.TextToModel.Tensors.Kernels;

namespace ML.TextToModel.Tensors.Tests.Kernels;

/// <summary>The kernel sets that this processor, with the runtime's switches, can run.</summary>
internal static class KernelLevels
{
    public static IEnumerable<string> Names => KernelSet.All.Where(set => set.IsSupported).Select(set => set.Name);

    public static KernelSet ByName(string name) => KernelSet.All.Single(set => set.Name == name);
}
