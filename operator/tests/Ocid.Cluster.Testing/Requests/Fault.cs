namespace Ocid.Cluster.Testing.Requests;

/// <summary>What goes wrong with a request, in place of its answer.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>It is refused.</summary>
    public sealed record Refuse(RefusalException With) : Fault;

    /// <summary>The connection is cut.</summary>
    public sealed record Cut : Fault;

    /// <summary>It is done, and the connection cut before the answer.</summary>
    public sealed record CutAfter : Fault;

    /// <summary>Nothing comes, and the connection stays.</summary>
    public sealed record Silence : Fault;

    /// <summary>An answer that is none.</summary>
    public sealed record Garbage(string Text) : Fault;
}
