using Mono.Cecil;

namespace ML.TextToModel.MLNet.Tests;

/// <summary>The signatures that the adapter compiles against elsewhere, held against ML.NET itself.</summary>
public sealed class SurfaceTests
{
    [RealFact]
    public void Every_signature_of_the_surface_is_one_of_the_real_assemblies()
    {
        using ModuleDefinition surface =
            ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "surface", "MLNetSurface.dll"));
        ModuleDefinition[] real =
        [
            .. Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.ML*.dll")
                .Select(file => ModuleDefinition.ReadModule(file)),
        ];
        Dictionary<string, TypeDefinition> types = real.SelectMany(module => module.GetTypes())
            .Where(type => type.IsPublic || type.IsNestedPublic).ToDictionary(type => type.FullName);
        List<string> faults = [];
        TypeDefinition[] ours = [.. surface.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic)];
        foreach (TypeDefinition type in ours)
        {
            if (!types.TryGetValue(type.FullName, out TypeDefinition? other)) faults.Add(type.FullName);
            else faults.AddRange(Signatures(type).Except(Signatures(other)));
        }
        Assert.True(ours.Length > 50, $"{ours.Length} types");
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
