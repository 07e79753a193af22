using Ocid.Linux.Namespaces;

namespace Ocid.Storage;

/// <summary>How an image is to be mounted.</summary>
public sealed record ImageMountRequest
{
    /// <summary>An existing directory to see it at; null leaves the place to the store. With vfs only a directory can be read-only.</summary>
    public string? Directory { get; init; }

    /// <summary>Whose its files are: the image's ids are taken for ids inside this user namespace; null for the host's.</summary>
    public PinnedUserNamespace? Users { get; init; }

    /// <summary>Lets everybody write to it; what is written goes when it is unmounted.</summary>
    public bool Writable { get; init; }
}
