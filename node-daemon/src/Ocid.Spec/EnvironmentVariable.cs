namespace Ocid.Spec;

/// <summary>One variable of a container's environment.</summary>
/// <param name="Name">Its name, without an equals sign.</param>
/// <param name="Value">Its value; any text without NUL.</param>
public sealed record EnvironmentVariable(string Name, string Value);
