using System.Text.Json;
using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Seccomp;

/// <summary>A system call filter, in the runtime specification's form or in the form with conditions that containers-common uses.</summary>
public sealed class SeccompProfile
{
    private static readonly Lazy<SeccompProfile> BuiltIn = new(ReadBuiltIn);

    private readonly SeccompDocument _document;

    private SeccompProfile(SeccompDocument document) => _document = document;

    /// <summary>The built-in default (RuntimeDefault).</summary>
    public static SeccompProfile Default => BuiltIn.Value;

    /// <summary>Reads a profile.</summary>
    /// <exception cref="OcidException">InvalidArgument: not JSON, not a profile, or an unknown action.</exception>
    public static SeccompProfile Parse(ReadOnlySpan<byte> json)
    {
        SeccompDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, SeccompSerializerContext.Default.SeccompDocument);
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"seccomp profile: {Quoted.Text(malformed.Message)}", malformed);
        }

        if (document is null)
            throw new OcidException(ErrorKind.InvalidArgument, "seccomp profile: null");
        SeccompCheck.Check(document);
        return new SeccompProfile(document);
    }

    internal LinuxSeccomp Evaluate(SeccompContext context) => new()
    {
        DefaultAction = _document.DefaultAction,
        DefaultErrnoRet = _document.DefaultErrnoRet,
        Architectures = Architectures(context.Architecture),
        Flags = _document.Flags is { Count: > 0 } flags ? flags : null,
        ListenerPath = _document.ListenerPath is { Length: > 0 } path ? path : null,
        ListenerMetadata = _document.ListenerMetadata is { Length: > 0 } metadata ? metadata : null,
        Syscalls = [.. (_document.Syscalls ?? []).Where(rule => Applies(rule, context)).Select(Rule)],
    };

    private IReadOnlyList<string>? Architectures(string native)
    {
        var map = _document.ArchMap?.FirstOrDefault(entry => entry.Architecture == native);
        if (map is not null)
            return [map.Architecture, .. map.SubArchitectures ?? []];
        return _document.Architectures is { Count: > 0 } listed ? listed : null;
    }

    private static bool Applies(SeccompRule rule, SeccompContext context) =>
        (rule.Includes is null || Includes(rule.Includes, context)) && (rule.Excludes is null || !Excludes(rule.Excludes, context));

    // All of what includes name must hold, any of what excludes name suffices.
    private static bool Includes(SeccompCondition condition, SeccompContext context) =>
        (condition.Arches is not { Count: > 0 } arches || arches.Contains(GoName(context.Architecture)))
        && (condition.Caps is not { Count: > 0 } caps || caps.All(context.Capabilities.Contains))
        && (condition.MinKernel is not { Length: > 0 } kernel || context.Kernel >= Version.Parse(kernel));

    private static bool Excludes(SeccompCondition condition, SeccompContext context) =>
        (condition.Arches is { Count: > 0 } arches && arches.Contains(GoName(context.Architecture)))
        || (condition.Caps is { Count: > 0 } caps && caps.Any(context.Capabilities.Contains))
        || (condition.MinKernel is { Length: > 0 } kernel && context.Kernel >= Version.Parse(kernel));

    private static LinuxSyscall Rule(SeccompRule rule) => new()
    {
        Names = rule.Names is { Count: > 0 } names ? names : [rule.Name!],
        Action = rule.Action,
        ErrnoRet = rule.ErrnoRet,
        Args = rule.Args is { Count: > 0 } arguments ? arguments : null,
    };

    private static string GoName(string architecture) => architecture switch
    {
        "SCMP_ARCH_X86_64" => "amd64",
        "SCMP_ARCH_X86" => "x86",
        "SCMP_ARCH_X32" => "x32",
        "SCMP_ARCH_AARCH64" => "arm64",
        "SCMP_ARCH_ARM" => "arm",
        "SCMP_ARCH_RISCV64" => "riscv64",
        "SCMP_ARCH_S390X" => "s390x",
        "SCMP_ARCH_PPC64LE" => "ppc64le",
        _ => architecture,
    };

    private static SeccompProfile ReadBuiltIn()
    {
        using var resource = typeof(SeccompProfile).Assembly.GetManifestResourceStream("Ocid.Spec.Seccomp.default.json")
            ?? throw new InvalidOperationException("the default seccomp profile is not in the assembly");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return Parse(content.ToArray());
    }
}
