using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>What the store, which other programs use too, has of a container: its root file system, under a name by which it is known as this node's.</summary>
internal static class StoredContainer
{
    private const string NamePrefix = "ocid_";

    public static string NameOf(ContainerId id) => NamePrefix + id;

    /// <summary>Whether it is a container of this node's, and of no other program.</summary>
    public static bool IsOurs(ContainerRecord record) => record.Names.Any(name => name.StartsWith(NamePrefix, StringComparison.Ordinal));

    /// <summary>Removes it. Nothing there is no error: it was not made yet, an earlier removal came this far, or another program removed it.</summary>
    public static async Task DeleteAsync(Store store, ContainerId id, CancellationToken ct)
    {
        try
        {
            await store.DeleteContainerAsync(id, ct).ConfigureAwait(false);
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // As asked.
        }
    }
}
