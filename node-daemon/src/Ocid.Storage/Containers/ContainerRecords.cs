using System.Text.Json.Nodes;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Containers;

/// <summary><c>DRIVER-containers</c>: the records, and the directories that programs keep beside them.</summary>
internal sealed class ContainerRecords(StorePaths paths, bool durable, StoreLocks locks, DiskReserve reserve)
{
    // Newer peers keep those made with --rm apart, and with transient_store all; Debian 12's programs know the first file only, where ours go.
    public RecordSet<ContainerRecord> Set { get; } = new(
        [
            In(paths.ContainersDirectory, paths.ContainersDirectory, "containers.json", durable, reserve),
            In(paths.ContainersDirectory, paths.ContainersDirectory, "volatile-containers.json", durable, reserve),
            In(paths.RunContainersDirectory, paths.RunContainersDirectory, "volatile-containers.json", false, reserve),
        ],
        [],
        container => container.Id.Value,
        locks);

    public static void CheckFree(RecordTable records, ContainerCreation creation)
    {
        foreach (var other in records.All)
        {
            if (other.Text("id") == creation.Id.Value)
                throw new OcidException(ErrorKind.AlreadyExists, $"container {creation.Id}: already in the store");
            if (other.Texts("names").FirstOrDefault(creation.Names.Contains) is { } name)
                throw new OcidException(ErrorKind.AlreadyExists, $"container name {Quoted.Text(name)}: taken by {other.Text("id")}");
        }
    }

    public static void Add(RecordTable records, ContainerCreation creation, LayerId layer)
    {
        var record = new JsonObject { ["id"] = creation.Id.Value };
        if (creation.Names.Count > 0)
            record["names"] = JsonMembers.Array(creation.Names.Distinct());
        (record["image"], record["layer"]) = (creation.ImageId?.Value ?? "", layer.Value);
        if (creation.Metadata.Length > 0)
            record["metadata"] = creation.Metadata;
        record["created"] = JsonMembers.Text(DateTimeOffset.UtcNow);
        var flags = new JsonObject { ["MountLabel"] = "", ["ProcessLabel"] = "" };
        if (creation.Volatile)
            flags[ContainerJson.Volatile] = true;
        record["flags"] = flags;
        records.Add(record);
        records.Save(record);
    }

    public void Delete(RecordTable records, ContainerId id)
    {
        if (records.Find(id.Value) is not { } record)
            return;
        records.Remove(record);
        TreeRemoval.Remove(Path.Combine(paths.ContainersDirectory, id.Value));
        TreeRemoval.Remove(Path.Combine(paths.RunContainersDirectory, id.Value));
    }

    /// <summary>Where a container's data of a key is.</summary>
    public string BigDataPath(ContainerId id, string key) => Path.Combine(paths.ContainersDirectory, id.Value, Images.BigDataFile.Name(key));

    private static RecordFile<ContainerRecord> In(string directory, string lockDirectory, string name, bool durable, DiskReserve reserve) =>
        new(Path.Combine(directory, name), Path.Combine(lockDirectory, "containers.lock"), durable, ContainerJson.Read, reserve);
}
