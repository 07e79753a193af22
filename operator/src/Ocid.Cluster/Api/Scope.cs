using System.Text;

namespace Ocid.Cluster.Api;

/// <summary>Which objects of a resource are meant.</summary>
public sealed record Scope
{
    /// <summary>Every object.</summary>
    public static Scope All { get; } = new();

    /// <summary>Those of one namespace; null: of all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Those with these labels, as <c>kubectl -l</c> takes them.</summary>
    public string? Labels { get; init; }

    /// <summary>Those with these fields, such as <c>metadata.name=worker-1</c>; the API server knows few.</summary>
    public string? Fields { get; init; }

    internal void Query(StringBuilder address)
    {
        if (Labels is not null)
            address.Append("&labelSelector=").Append(Uri.EscapeDataString(Labels));
        if (Fields is not null)
            address.Append("&fieldSelector=").Append(Uri.EscapeDataString(Fields));
    }
}
