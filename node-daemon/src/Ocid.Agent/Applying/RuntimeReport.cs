namespace Ocid.Agent.Applying;

/// <summary>What the daemon says about itself over CRI.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Handlers">The names of its runtime handlers.</param>
/// <param name="WhyNotReady">Why it cannot run pods; null when it can. A missing pod network does not count.</param>
public sealed record RuntimeReport(string Version, IReadOnlyList<string> Handlers, string? WhyNotReady);
