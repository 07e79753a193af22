using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>One key with its value in force, as <c>ocid config</c> shows it.</summary>
/// <param name="Table">The table, dotted; empty at the top.</param>
/// <param name="Name">The key in its table.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Default">The value when nobody sets it.</param>
/// <param name="Value">The value in force.</param>
/// <param name="Origin">Who set it; null when nobody did.</param>
internal sealed record Setting(string Table, string Name, string Description, TomlValue Default, TomlValue Value, Origin? Origin);
