namespace Ocid.Agent.Preflight;

/// <summary>What a host is, and why it cannot run ocid.</summary>
/// <param name="Architecture">The processor, in Go's names.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Distribution">The name that the host gives itself.</param>
/// <param name="OtherRuntimes">The other CRI runtimes whose sockets are there.</param>
/// <param name="WhyUnfit">One sentence; null where nothing speaks against it.</param>
public sealed record HostReport(string Architecture, string Kernel, string Distribution, IReadOnlyList<string> OtherRuntimes, string? WhyUnfit);
