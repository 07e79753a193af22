namespace Ocid.Runtime.Monitoring.Protocol;

internal enum Verb
{
    None,

    /// <summary>The first of every connection.</summary>
    Hello,

    Create,

    /// <summary>Comes with what the process gets as stdin, stdout and stderr, unless it has a terminal.</summary>
    Exec,

    /// <summary>One reply for each container, with duplicates of its descriptors, then an empty one.</summary>
    List,

    /// <summary>Hands back a container that a lost monitor watched; comes with its descriptors.</summary>
    Adopt,

    Reopen,

    Forget,

    CloseStdin,

    /// <summary>Comes with the pipe that gets a copy of the output from now on.</summary>
    Subscribe,

    /// <summary>Replaces the monitor's program. The connection stays; the new program says Hello.</summary>
    Upgrade,
}
