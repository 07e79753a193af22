namespace Ocid.Daemon.Commands;

/// <summary>What one kind of thing takes, in bytes.</summary>
internal sealed record UsageRow(string Type, int Total, int Active, long Bytes, long Reclaimable);
