using Ocid.Agent.Hosts;
using Ocid.Linux;

namespace Ocid.Agent.Applying;

/// <summary>The small files that say where a node stands, and the lock that whoever changes the node holds.</summary>
internal sealed class NodeRecords(NodePaths paths)
{
    private readonly string _directory = paths.Local(paths.State);

    public StateFile<NodeState> State => new(Path.Combine(_directory, "state.json"), AgentJson.Default.NodeState);

    public StateFile<ApplyingRecord> Applying => new(Path.Combine(_directory, "applying.json"), AgentJson.Default.ApplyingRecord);

    public Task<FileLock> LockAsync(CancellationToken ct) => FileLock.AcquireAsync(Path.Combine(_directory, "lock"), FileLockMode.Exclusive, ct);
}
