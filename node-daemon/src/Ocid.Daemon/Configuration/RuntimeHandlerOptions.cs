namespace Ocid.Daemon.Configuration;

/// <summary>One OCI runtime: <c>[runtime.handlers.NAME]</c>.</summary>
/// <param name="Name">What a RuntimeClass calls it.</param>
/// <param name="Program">Absolute path of the program.</param>
/// <param name="Root">Directory of the runtime's own state.</param>
internal sealed record RuntimeHandlerOptions(string Name, string Program, string Root);
