using System.Runtime.InteropServices;
using Mono.Cecil;

namespace ML.TextToModel.Architecture.Tests;

/// <summary>The dependency table of the projects, held against the compiled assemblies.</summary>
public sealed class AssemblyTests
{
    /// <summary>
    /// What an assembly may reference beside .NET itself: other projects, with what these may use of our own, and
    /// packages, which pass no further.
    /// </summary>
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["ML.TextToModel.Tensors"] = ["System.Numerics.Tensors"],
        ["ML.TextToModel"] = ["ML.TextToModel.Tensors"],
        ["ML.TextToModel.Llm"] =
        [
            "ML.TextToModel", "Microsoft.Extensions.AI.Abstractions", "Microsoft.Extensions.AI.OpenAI", "OpenAI",
            "System.ClientModel",   // the pipeline beneath OpenAI
        ],
        ["ML.TextToModel.SemanticKernel"] =
        [
            "ML.TextToModel.Llm", "Microsoft.Extensions.AI.Abstractions",
            "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.SemanticKernel.Abstractions",
            "Microsoft.SemanticKernel.Core", "SemanticKernelSurface",
        ],
        ["ML.TextToModel.MLNet"] =
        [
            "ML.TextToModel", "MLNetSurface", "Microsoft.ML.AutoML", "Microsoft.ML.Core", "Microsoft.ML.Data",
            "Microsoft.ML.DataView", "Microsoft.ML.SearchSpace", "Microsoft.ML.Transforms",
        ],
        ["t2m"] = ["ML.TextToModel", "ML.TextToModel.Llm", "System.CommandLine", "Spectre.Console"],
    };

    public static TheoryData<string> Assemblies => new(Repository.ProductAssemblies);

    [Theory, MemberData(nameof(Assemblies))]
    public void Assemblies_reference_what_the_table_allows(string name)
    {
        Assert.True(s_mayReference.ContainsKey(name), $"The assembly {name} is not in the table.");
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(
            Path.Combine(AppContext.BaseDirectory, name + ".dll"));
        HashSet<string> allowed = [.. s_mayReference[name], .. OwnBelow(name)];
        Assert.DoesNotContain(assembly.MainModule.AssemblyReferences,
            reference => !IsDotNet(reference.Name) && !allowed.Contains(reference.Name));
    }

    [Fact]
    public void The_table_names_no_project_above_itself()
    {
        foreach (string name in s_mayReference.Keys) Assert.DoesNotContain(name, OwnBelow(name));
    }

    private static IEnumerable<string> OwnBelow(string name) =>
        s_mayReference[name].Where(s_mayReference.ContainsKey)
            .SelectMany(below => OwnBelow(below).Prepend(below)).Distinct();

    private static bool IsDotNet(string name) =>
        File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), name + ".dll"));
}
