using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>A <c>[[registry]]</c>.</summary>
internal sealed record RegistryEntry
{
    /// <summary>What the names begin with that this is about: a host, a host and a path, or <c>*.example.com</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>What takes the place of the prefix; null, only with a wildcard: nothing does.</summary>
    public string? Location { get; init; }

    public bool Insecure { get; init; }

    public bool Blocked { get; init; }

    public IReadOnlyList<Mirror> Mirrors { get; init; } = [];

    /// <summary>File and line.</summary>
    public required string Origin { get; init; }

    /// <summary>How much of a name the prefix covers; null where it covers none. In whatever case: hosts are the same, and a block holds for each.</summary>
    public int? Match(ImageReference reference)
    {
        if (Prefix.StartsWith("*.", StringComparison.Ordinal))
        {
            // A wildcard is about the host's name; its port may be any.
            var host = reference.Domain.LastIndexOf(':') is >= 0 and var colon ? reference.Domain[..colon] : reference.Domain;
            return host.EndsWith(Prefix[1..], StringComparison.OrdinalIgnoreCase) ? host.Length : null;
        }

        // Also "example.com" covers "example.com:5000": every program of the field reads it so.
        var name = reference.Name;
        return name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (name.Length == Prefix.Length || name[Prefix.Length] is '/' or ':') ? Prefix.Length : null;
    }

    /// <summary>The reference with this location in place of the prefix.</summary>
    /// <exception cref="OcidException">FailedPrecondition: that is no reference.</exception>
    public ImageReference Rewrite(ImageReference reference, string? location)
    {
        if (location is null || Match(reference) is not { } covered)
            return reference;

        var text = location + reference.ToString()[covered..];
        return ImageReference.TryParse(text, out var rewritten)
            ? rewritten
            : throw new OcidException(ErrorKind.FailedPrecondition, $"{Origin}: {reference} is rewritten to {Quoted.Text(text)}, which is no image reference");
    }
}
