using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Storage;

namespace Ocid.Cri.Node;

/// <summary>Whether this kernel makes user namespaces, and maps the ids of the file system where containers are. Tried once, when it is first asked.</summary>
internal sealed class UserNamespaceSupport(Store store)
{
    private readonly Lazy<Task<string?>> _whyNot = new(() => OwnThread.RunAsync(() => IdMappedMounts.WhyNot(store.Root)));

    /// <summary>Why not; null when it can.</summary>
    public Task<string?> WhyNotAsync() => _whyNot.Value;
}
