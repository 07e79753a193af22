namespace Ocid.Agent.Hosts;

/// <summary>Where the node's part of the operator keeps what is its own. All paths are the host's own, whoever looks at them.</summary>
public sealed record NodePaths
{
    /// <param name="root">Below which everything is: <c>/</c>, or a directory of a test.</param>
    /// <param name="host">Where this process sees the host's file system: <c>/</c>, or where the agent's pod has it mounted.</param>
    public NodePaths(string root = "/", string host = "/") => (Root, Host) = (Path.GetFullPath(root), Path.GetFullPath(host));

    /// <summary>Below which everything is.</summary>
    public string Root { get; }

    /// <summary>Where this process sees the host's file system.</summary>
    public string Host { get; }

    /// <summary>Whether this process sees the host's paths as the host does.</summary>
    public bool IsOnHost => Host == "/";

    /// <summary>The daemon's own configuration file, which may be absent.</summary>
    public string ConfigurationFile => Below("etc/ocid/ocid.toml");

    /// <summary>Its drop-ins.</summary>
    public string DropIns => ConfigurationFile + ".d";

    /// <summary>The staged revisions, a directory each.</summary>
    public string Revisions => Below("etc/ocid/revisions");

    /// <summary>The link to the revision in force: the one commit point.</summary>
    public string CurrentRevision => Path.Combine(Revisions, "current");

    /// <summary>What the node knows about its revisions, and the journal.</summary>
    public string State => Below("var/lib/ocid/agent");

    /// <summary>The installed programs, a directory for each version.</summary>
    public string Programs => Below("opt/ocid");

    /// <summary>The link to the version in force.</summary>
    public string CurrentVersion => Path.Combine(Programs, "current");

    /// <summary>The name by which people call the program.</summary>
    public string ProgramLink => Below("usr/local/bin/ocid");

    /// <summary>Units of the administrator, which ours are among.</summary>
    public string Units => Below("etc/systemd/system");

    /// <summary>A path below the root.</summary>
    public string Below(string path) => Path.Combine(Root, path);

    /// <summary>The program of a version.</summary>
    public string Program(string version) => Path.Combine(Programs, version, "ocid");

    /// <summary>A path of the host as this process reaches it.</summary>
    public string Local(string path) => IsOnHost ? path : Host + path;
}
