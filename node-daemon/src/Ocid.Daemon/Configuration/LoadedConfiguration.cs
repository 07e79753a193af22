namespace Ocid.Daemon.Configuration;

/// <summary>The options in force.</summary>
/// <param name="Options">What the daemon reads.</param>
/// <param name="Settings">Each key with its value and who set it.</param>
/// <param name="Files">The files that were read, weakest first.</param>
/// <param name="Digest">Of what was in the files: who reads the same has the same.</param>
internal sealed record LoadedConfiguration(OcidOptions Options, IReadOnlyList<Setting> Settings, IReadOnlyList<string> Files, string Digest);
