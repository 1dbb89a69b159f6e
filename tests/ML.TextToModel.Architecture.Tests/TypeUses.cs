using Mono.Cecil;

namespace ML.TextToModel.Architecture.Tests;

/// <summary>The types that a compiled type names in its declaration, its members and its code.</summary>
internal static class TypeUses
{
    public static IEnumerable<TypeReference> Of(TypeDefinition type) => Direct(type).SelectMany(Parts);

    private static IEnumerable<TypeReference> Direct(TypeDefinition type)
    {
        IEnumerable<TypeReference?> declared =
        [
            type.BaseType, .. type.Interfaces.Select(i => i.InterfaceType), .. Constraints(type), .. Attributes(type),
            .. type.Fields.Select(field => field.FieldType), .. type.Fields.SelectMany(Attributes),
            .. type.Properties.SelectMany(Attributes), .. type.Events.Select(e => e.EventType),
            .. type.Methods.SelectMany(OfMethod),
        ];
        return declared.OfType<TypeReference>();
    }

    private static IEnumerable<TypeReference> OfMethod(MethodDefinition method) =>
    [
        .. Signature(method), .. Constraints(method), .. Attributes(method),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(instruction => OfOperand(instruction.Operand)) : [],
    ];

    private static IEnumerable<TypeReference> OfOperand(object? operand) => operand switch
    {
        TypeReference type => [type],
        MethodReference method => Signature(method),
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
    [
        method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : [],
    ];

    private static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints)
            .Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(attribute => attribute.AttributeType);

    /// <summary>A type itself, or for <c>List&lt;T[]&gt;</c> and the like also what it is made of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.Append(generic.ElementType).SelectMany(Parts),
        FunctionPointerType pointer => pointer.Parameters.Select(parameter => parameter.ParameterType)
            .Append(pointer.ReturnType).SelectMany(Parts),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
