namespace Ocid.Daemon.Configuration;

/// <summary>What the change of a key needs to be in force; docs/configuration.md has the table.</summary>
internal enum KeyChange
{
    /// <summary>A signal, <c>systemctl reload ocid</c>: what runs is not touched.</summary>
    Reload,

    /// <summary>A restart of the daemon; pods go on.</summary>
    Restart,
}
