namespace Ocid.Daemon.Manifests;

/// <summary>A pod that runs, with its containers.</summary>
internal sealed record StartedPod(string Id, IReadOnlyList<(string Name, string Id)> Containers);
