using Mono.Cecil;

namespace ML.TextToModel.Architecture.Tests;

/// <summary>Inside the assemblies the rooms are namespaces; this table says which room may use which.</summary>
public sealed class RoomTests
{
    private const string Prefix = "ML.TextToModel";

    /// <summary>Rooms by what stands behind ML.TextToModel in their namespace; "" is that namespace itself.</summary>
    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        // The tensor library, from the bottom up.
        [".Tensors.Parallel"] = [],
        [".Tensors.Kernels"] = [".Tensors.Parallel"],   // the working memory of the calling thread
        [".Tensors.Memory"] = [".Tensors"],
        [".Tensors.Operations"] = [".Tensors", ".Tensors.Autograd", ".Tensors.Kernels", ".Tensors.Parallel"],
        [".Tensors.Autograd"] = [".Tensors", ".Tensors.Kernels", ".Tensors.Operations"],
        [".Tensors"] = [".Tensors.Autograd", ".Tensors.Kernels", ".Tensors.Memory", ".Tensors.Operations"],
        [".Tensors.Formats"] = [],
        [".Tensors.Layers"] = [".Tensors", ".Tensors.Memory"],
        [".Tensors.Optimizers"] =
        [
            ".Tensors", ".Tensors.Autograd", ".Tensors.Kernels", ".Tensors.Layers", ".Tensors.Memory",
            ".Tensors.Parallel",
        ],

        // The core.
        [""] = [".Tensors.Parallel"],   // the number of threads is set there
        [".Datasets"] = ["", ".Datasets.Jpeg", ".Datasets.Png", ".Tensors"],
        [".Datasets.Jpeg"] = [".Datasets"],
        [".Datasets.Png"] = [".Datasets"],
        [".PModels"] = ["", ".Tensors", ".Tensors.Formats", ".Tensors.Kernels", ".Tensors.Operations"],
        [".Encoders"] = ["", ".Tensors.Formats"],
        [".Requirements"] = ["", ".Datasets", ".Tensors.Formats"],
        [".Requirements.Profiling"] = ["", ".Datasets", ".Requirements"],
        [".Training"] =
        [
            "", ".Datasets", ".Encoders", ".Generators.Hypernetwork", ".Generators.InContext",
            ".Generators.InContext.Prior", ".Generators.Tina", ".PModels", ".Tensors",
            ".Tensors.Autograd", ".Tensors.Formats", ".Tensors.Kernels", ".Tensors.Layers", ".Tensors.Optimizers",
            ".Tensors.Parallel",
        ],
        [".Evaluation"] = ["", ".Datasets", ".PModels", ".Tensors", ".Training"],
        [".Generators.Baselines"] = ["", ".PModels", ".Tensors"],
        [".Generators.Hypernetwork"] =
        [
            "", ".Datasets", ".Encoders", ".PModels", ".Requirements", ".Tensors", ".Tensors.Formats",
            ".Tensors.Layers",
        ],
        [".Generators.InContext.Prior"] = [".Tensors"],
        [".Generators.InContext"] =
        [
            "", ".Datasets", ".PModels", ".Tensors", ".Tensors.Formats", ".Tensors.Kernels", ".Tensors.Layers",
            ".Tensors.Operations",
        ],
        [".Generators.Tina"] =
        [
            "", ".Datasets", ".Encoders", ".Generators.Baselines", ".PModels", ".Requirements", ".Tensors",
            ".Tensors.Formats", ".Tensors.Layers",
        ],
        [".Generators"] =
        [
            "", ".Datasets", ".Encoders", ".Generators.Hypernetwork", ".Generators.InContext", ".Generators.Tina",
            ".PModels", ".Requirements", ".Tensors", ".Training",
        ],
        [".Zoos"] =
        [
            "", ".Datasets", ".Evaluation", ".Generators.Baselines", ".PModels", ".Tensors", ".Tensors.Formats",
            ".Training",
        ],
        [".Audits"] =
        [
            "", ".Datasets", ".Encoders", ".Evaluation", ".Generators.Baselines", ".PModels", ".Tensors", ".Training",
        ],
        [".Onnx"] = ["", ".PModels", ".Tensors", ".Tensors.Formats"],

        // The language model.
        [".Llm"] = ["", ".Datasets", ".Requirements", ".Tensors"],
        // The adapter of Semantic Kernel.
        [".SemanticKernel"] =
        [
            "", ".Datasets", ".Encoders", ".Generators", ".Generators.Hypernetwork", ".Generators.InContext",
            ".Generators.Tina", ".Llm", ".PModels", ".Requirements", ".Requirements.Profiling", ".Tensors",
        ],
        // The adapter of ML.NET.
        [".MLNet"] =
        [
            "", ".Datasets", ".Encoders", ".Generators", ".Generators.Hypernetwork", ".Generators.InContext",
            ".Generators.Tina", ".Onnx", ".PModels", ".Requirements", ".Requirements.Profiling", ".Tensors",
            ".Training",
        ],

        // The command line.
        [".Cli.Output"] =
        [
            "", ".Audits", ".Datasets", ".Encoders", ".Evaluation", ".Generators", ".Generators.Hypernetwork",
            ".Generators.InContext", ".Generators.Tina", ".PModels", ".Requirements", ".Tensors", ".Training",
        ],
        [".Cli.Inputs"] =
        [
            "", ".Cli", ".Cli.Output", ".Datasets", ".Encoders", ".Evaluation", ".Generators.Tina", ".PModels",
            ".Requirements", ".Tensors",
        ],
        [".Cli.Commands"] =
        [
            "", ".Audits", ".Cli", ".Cli.Inputs", ".Cli.Output", ".Datasets", ".Encoders", ".Evaluation",
            ".Generators", ".Generators.Hypernetwork", ".Generators.InContext", ".Generators.Tina", ".Llm", ".Onnx",
            ".PModels", ".Requirements", ".Requirements.Profiling", ".Tensors", ".Training", ".Zoos",
        ],
        [".Cli"] = ["", ".Cli.Commands", ".Cli.Output"],
    };

    public static TheoryData<string> Assemblies => new(Repository.ProductAssemblies);

    [Theory, MemberData(nameof(Assemblies))]
    public void Rooms_use_what_the_table_allows(string assembly)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(
            Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        List<string> faults = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            if (Room(type) is not { } room) continue;
            if (!s_mayUse.TryGetValue(room, out string[]? allowed))
                faults.Add($"The namespace {Prefix}{room} is not in the table.");
            else
                faults.AddRange(
                    from used in TypeUses.Of(type)
                    let other = Room(used)
                    where other is not null && other != room && !allowed.Contains(other)
                    select $"{type.FullName} uses {used.FullName}.");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    /// <summary>The room of a type of ours, else null; a nested type is where its outermost type is.</summary>
    private static string? Room(TypeReference type)
    {
        while (type.DeclaringType is not null) type = type.DeclaringType;
        return type.Namespace == Prefix || type.Namespace.StartsWith(Prefix + ".", StringComparison.Ordinal)
            ? type.Namespace[Prefix.Length..]
            : null;
    }
}
