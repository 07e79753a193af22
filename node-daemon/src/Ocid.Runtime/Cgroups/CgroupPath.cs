using System.Diagnostics.CodeAnalysis;
using Ocid.Primitives;

namespace Ocid.Runtime.Cgroups;

/// <summary>The path of a cgroup below the root of its hierarchies: absolute, without <c>.</c> and <c>..</c>, never the root itself.</summary>
public sealed record CgroupPath
{
    private CgroupPath(string value) => Value = value;

    /// <summary>The path, beginning with a slash.</summary>
    public string Value { get; }

    /// <summary>Reads a path; a missing leading slash is added.</summary>
    /// <exception cref="OcidException">InvalidArgument: empty, the root, or a component that leads elsewhere.</exception>
    public static CgroupPath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new OcidException(ErrorKind.InvalidArgument, $"cgroup path {Quoted.Text(text)}: want components below the root");

    /// <summary>Reads a path; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CgroupPath? path)
    {
        var parts = text?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var sound = parts.Length > 0 && !text!.Any(char.IsControl) && !parts.Any(part => part is "." or "..");
        path = sound ? new CgroupPath("/" + string.Join('/', parts)) : null;
        return sound;
    }

    /// <summary>The cgroup above it; null where that is the root.</summary>
    public CgroupPath? Parent => Value.LastIndexOf('/') is var slash and > 0 ? new CgroupPath(Value[..slash]) : null;

    /// <summary>The cgroup of this name below this one.</summary>
    /// <exception cref="OcidException">InvalidArgument: not a single component.</exception>
    public CgroupPath Child(string name) =>
        name.Contains('/', StringComparison.Ordinal)
            ? throw new OcidException(ErrorKind.InvalidArgument, $"cgroup name {Quoted.Text(name)}: has a slash")
            : Parse($"{Value}/{name}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
