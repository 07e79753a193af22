namespace Ocid.Revisions;

/// <summary>Who puts the runtime's program onto the host.</summary>
public enum InstallMode
{
    /// <summary>The agent, from its own image.</summary>
    Managed,

    /// <summary>The host's image or its administrator; the agent only checks that it is there.</summary>
    Preinstalled,
}
