namespace Ocid.Daemon.Manifests;

/// <summary>A pod's resolver. Unless the policy is None, the host's own resolv.conf stands beneath.</summary>
internal sealed record DnsManifest(bool OnTopOfHost, IReadOnlyList<string> Servers, IReadOnlyList<string> Searches, IReadOnlyList<string> Options);
