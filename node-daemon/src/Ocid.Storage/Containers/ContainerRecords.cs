using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage.Containers;

/// <summary><c>overlay-containers</c>: the records, and the directories that programs keep beside them.</summary>
internal sealed class ContainerRecords(StorePaths paths, bool durable)
{
    public RecordFile<ContainerRecord> File { get; } = new(
        Path.Combine(paths.ContainersDirectory, "containers.json"), Path.Combine(paths.ContainersDirectory, "containers.lock"), durable, Read);

    public void CheckFree(ContainerCreation creation)
    {
        foreach (var other in File.ReadArray().OfType<JsonObject>())
        {
            if (other.Text("id") == creation.Id.Value)
                throw new OcidException(ErrorKind.AlreadyExists, $"container {creation.Id}: already in the store");
            if (other.Texts("names").FirstOrDefault(creation.Names.Contains) is { } name)
                throw new OcidException(ErrorKind.AlreadyExists, $"container name {Quoted.Text(name)}: taken by {other.Text("id")}");
        }
    }

    public void Add(FileLock held, ContainerCreation creation, LayerId layer)
    {
        var record = new JsonObject { ["id"] = creation.Id.Value };
        if (creation.Names.Count > 0)
            record["names"] = JsonMembers.Array(creation.Names.Distinct());
        (record["image"], record["layer"]) = (creation.ImageId?.Value ?? "", layer.Value);
        if (creation.Metadata.Length > 0)
            record["metadata"] = creation.Metadata;
        record["created"] = JsonMembers.Text(DateTimeOffset.UtcNow);
        record["flags"] = new JsonObject { ["MountLabel"] = "", ["ProcessLabel"] = "" };
        var records = File.ReadArray();
        records.Add((JsonNode)record);
        File.Save(held, records);
    }

    public void Delete(FileLock held, ContainerId id)
    {
        var records = File.ReadArray();
        if (records.Find(id.Value) is not { } record)
            return;
        records.Remove(record);
        File.Save(held, records);
        TreeRemoval.Remove(Path.Combine(paths.ContainersDirectory, id.Value));
        TreeRemoval.Remove(Path.Combine(paths.RunContainersDirectory, id.Value));
    }

    private static ContainerRecord? Read(JsonObject record) =>
        !ContainerId.TryParse(record.Text("id"), out var id) || !LayerId.TryParse(record.Text("layer"), out var layer) ? null : new ContainerRecord
        {
            Id = id,
            Layer = layer,
            Names = record.Texts("names"),
            ImageId = record.Text("image") ?? "",
            Metadata = record.Text("metadata") ?? "",
            Created = record.Time("created"),
        };
}
