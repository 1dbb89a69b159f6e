using Mono.Cecil;

namespace ML.TextToModel.Adapters.Tests;

/// <summary>The signatures that an adapter is compiled against where the real packages are absent.</summary>
internal static class Surface
{
    /// <summary>Asserts that each of them is one of the real assemblies beside the tests.</summary>
    /// <param name="name">The surface's assembly, in the folder <c>surface</c>.</param>
    /// <param name="real">A pattern for the real ones.</param>
    /// <param name="least">How many public types the surface has at least.</param>
    public static void AssertIsReal(string name, string real, int least)
    {
        using ModuleDefinition surface =
            ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "surface", $"{name}.dll"));
        ModuleDefinition[] modules =
        [
            .. Directory.EnumerateFiles(AppContext.BaseDirectory, real)
                .Select(file => ModuleDefinition.ReadModule(file)),
        ];
        Dictionary<string, TypeDefinition> types = modules.SelectMany(module => module.GetTypes())
            .Where(type => type.IsPublic || type.IsNestedPublic).ToDictionary(type => type.FullName);
        List<string> faults = [];
        TypeDefinition[] ours = [.. surface.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic)];
        foreach (TypeDefinition type in ours)
        {
            if (!types.TryGetValue(type.FullName, out TypeDefinition? other)) faults.Add(type.FullName);
            else faults.AddRange(Signatures(type).Except(Signatures(other)));
        }
        Assert.True(ours.Length >= least, $"{ours.Length} types");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What code outside can use, with the types and the defaults of parameters.</summary>
    private static IEnumerable<string> Signatures(TypeDefinition type) =>
    [
        .. type.Methods.Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            .Select(method => method.FullName + string.Join(
                ',', method.Parameters.Where(p => p.HasConstant).Select(p => $" {p.Name}={p.Constant}"))),
        .. type.Fields.Where(field => field.IsPublic).Select(field => $"{field.FullName} {field.Constant}"),
        $"{type.FullName}: {type.BaseType?.FullName}, {type.IsInterface}, {type.IsValueType}, {type.IsEnum}",
    ];
}
