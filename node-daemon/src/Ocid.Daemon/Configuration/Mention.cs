using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>One place that sets a key, or, with a table, one that opens it.</summary>
/// <param name="Value">The value there.</param>
/// <param name="Key">Where the key stands.</param>
/// <param name="Origin">Where the value stands.</param>
internal sealed record Mention(TomlValue Value, Origin Key, Origin Origin);
