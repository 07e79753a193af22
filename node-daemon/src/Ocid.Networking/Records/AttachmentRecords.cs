using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Networking.Records;

/// <summary>The attachments on record: one file a sandbox, and the same in memory.</summary>
internal sealed partial class AttachmentRecords(string directory, ILogger<AttachmentRecords> logger)
{
    private readonly ConcurrentDictionary<PodSandboxId, AttachmentRecord> _records = [];

    public IReadOnlyCollection<AttachmentRecord> All => [.. _records.Values];

    public AttachmentRecord? Find(PodSandboxId id) => _records.GetValueOrDefault(id);

    public void Load()
    {
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var path in Directory.GetFiles(directory, "*.json"))
        {
            if (PodSandboxId.TryParse(Path.GetFileNameWithoutExtension(path), out var id) && Read(path) is { } record)
                _records[id] = record;
        }
    }

    public async Task SaveAsync(AttachmentRecord record, CancellationToken ct)
    {
        var id = PodSandboxId.Parse(record.SandboxId);
        var content = JsonSerializer.SerializeToUtf8Bytes(record, NetworkJson.Default.AttachmentRecord);
        _records[id] = record; // first: with a full disk this process at least knows what is due
        await OwnThread.RunAsync(() => AtomicFile.Write(PathOf(id), content), ct);
    }

    public async Task RemoveAsync(PodSandboxId id, CancellationToken ct)
    {
        await OwnThread.RunAsync(() => File.Delete(PathOf(id)), ct);
        _records.TryRemove(id, out _);
    }

    private string PathOf(PodSandboxId id) => Path.Combine(directory, id.Value + ".json");

    // One record that cannot be read must not keep the daemon from starting; the file stays for a person, or for a newer version.
    private AttachmentRecord? Read(string path)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), NetworkJson.Default.AttachmentRecord);
            if (record is { Version: <= AttachmentRecord.CurrentVersion } && record.SandboxId == Path.GetFileNameWithoutExtension(path))
                return record;
            LogUnreadable(path, "another version, or another sandbox's");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(path, e.Message);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "network record {Path} is left alone: {Reason}")]
    private partial void LogUnreadable(string path, string reason);
}
