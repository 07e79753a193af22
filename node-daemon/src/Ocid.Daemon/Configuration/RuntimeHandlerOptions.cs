namespace Ocid.Daemon.Configuration;

/// <summary>One OCI runtime: <c>[runtime.handlers.NAME]</c>.</summary>
/// <param name="Name">What a RuntimeClass calls it.</param>
/// <param name="Program">Absolute path of the program.</param>
/// <param name="Root">Directory of the runtime's own state.</param>
internal sealed record RuntimeHandlerOptions(string Name, string Program, string Root)
{
    /// <summary>Flags before the program's verb.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Privileged containers get the devices that they ask for only.</summary>
    public bool PrivilegedWithoutHostDevices { get; init; }

    /// <summary>How long the program may take to make a container.</summary>
    public TimeSpan CreateTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
