using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>What an address names: a resource, one of its objects, or a part of that.</summary>
public sealed record ApiAddress(ApiKind Kind, string? Namespace, string? Name, string? Part)
{
    /// <summary>The object that is named.</summary>
    public Key Key => Kind.IsNamespaced && Namespace is null ? throw RefusalException.NoResource() : new Key(Kind.IsNamespaced ? Namespace : null, Name!);

    /// <summary>Reads <c>/api/v1/…</c> and <c>/apis/GROUP/VERSION/…</c>.</summary>
    public static ApiAddress Parse(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            ["api", var version, .. var rest] => Below("", version, rest),
            ["apis", var group, var version, .. var rest] => Below(group, version, rest),
            _ => throw RefusalException.NoResource(),
        };
    }

    private static ApiAddress Below(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", var space, var plural, .. var more] when ApiKinds.Find(group, version, plural) is { IsNamespaced: true } kind => Object(kind, space, more),
        [var plural, .. var more] when ApiKinds.Find(group, version, plural) is { } kind && (!kind.IsNamespaced || more.Length == 0) => Object(kind, null, more),
        _ => throw RefusalException.NoResource(),
    };

    private static ApiAddress Object(ApiKind kind, string? space, string[] more) => more switch
    {
        [] => new ApiAddress(kind, space, null, null),
        [var name] => new ApiAddress(kind, space, name, null),
        [var name, "status"] when kind.HasStatus => new ApiAddress(kind, space, name, "status"),
        [var name, "eviction"] when kind == ApiKinds.Pods => new ApiAddress(kind, space, name, "eviction"),
        [var name, "finalize"] when kind == ApiKinds.Namespaces => new ApiAddress(kind, space, name, "finalize"),
        _ => throw RefusalException.NoResource(),
    };
}
