using System.Reflection;

namespace Ocid.Compat.Tests;

/// <summary>What users of an assembly can see, one line a type or member, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Concat(Protected(assembly)).Distinct().SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<Type> Protected(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsNestedFamORAssem && type.DeclaringType!.IsVisible);

    private static IEnumerable<string> Lines(Type type)
    {
        foreach (var ancestor in Bases(type))
            yield return $"{type.FullName} : {ancestor}";
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield return $"{type.FullName} :: {type.GetMethod("Invoke")}";
            yield break;
        }

        foreach (var member in type.GetMembers(Declared))
        {
            var line = member switch
            {
                FieldInfo { IsPublic: true, IsLiteral: true } field => $"const {field} = {field.GetRawConstantValue()}",
                FieldInfo { IsPublic: true, IsSpecialName: false } field => field.ToString(),
                ConstructorInfo { IsStatic: false } method when IsSeen(method) => method.ToString(),
                MethodInfo method when IsSeen(method) && method.GetBaseDefinition().DeclaringType == type => Modifiers(method) + method,
                _ => null,
            };
            if (line is not null)
                yield return $"{type.FullName} :: {line}";
        }
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static IEnumerable<string> Bases(Type type) =>
        new[] { type.BaseType }.Concat(type.GetInterfaces()).OfType<Type>().Where(seen => seen.IsVisible)
            .Select(seen => seen.ToString());
}
