namespace Ocid.Daemon.Commands.Progress;

/// <summary>How far a layer is, in bytes.</summary>
internal sealed record ProgressDetail(long Current, long Total);
