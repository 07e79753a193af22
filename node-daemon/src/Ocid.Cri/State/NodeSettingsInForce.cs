namespace Ocid.Cri.State;

/// <summary>The settings now; swapped as a whole.</summary>
internal sealed class NodeSettingsInForce(NodeSettings first)
{
    private volatile NodeSettings _now = first;
    private volatile RefusedConfiguration? _refused;

    public NodeSettings Now
    {
        get => _now;
        set => (_now, _refused) = (value, null);
    }

    /// <summary>What was to replace them last, and could not.</summary>
    public RefusedConfiguration? Refused
    {
        get => _refused;
        set => _refused = value;
    }
}
