using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>Frees what only a running container needs: its cgroup and the runtime's record, its mounts, its bundle.</summary>
internal sealed class ContainerRelease(ContainerRuntimes runtimes, ContainerVolumes volumes, Store store)
{
    /// <summary>Frees it all; what is gone already is fine.</summary>
    public async Task RunAsync(Container container, CancellationToken ct)
    {
        var id = container.Spec.ContainerId;
        await runtimes.Of(container).DeleteAsync(id, force: true, ct).ConfigureAwait(false);
        await volumes.ReleaseAsync(container.Mounts, ct).ConfigureAwait(false);
        try
        {
            await store.UnmountAsync(id, force: true, ct).ConfigureAwait(false);
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // Another tool removed the record from the shared store.
        }

        await OwnThread.RunAsync(() => DirectoryTree.Delete(container.Bundle), ct).ConfigureAwait(false);
        container.Released = true;
    }
}
