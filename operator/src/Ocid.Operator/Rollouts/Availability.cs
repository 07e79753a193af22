namespace Ocid.Operator.Rollouts;

/// <summary>How many nodes of the whole fleet are unavailable, those that are about to be touched among them.</summary>
internal sealed class Availability
{
    private readonly int _nodes;
    private int _unavailable;

    public Availability(IEnumerable<NodeSnapshot> nodes)
    {
        foreach (var node in nodes.Where(node => node.TakesPart))
        {
            _nodes++;
            _unavailable += node.IsUnavailable ? 1 : 0;
        }
    }

    /// <summary>Makes a node unavailable, where one more may be; a node that is so already costs nothing.</summary>
    public bool TryTake(NodeSnapshot node, NodeCount most)
    {
        if (node.IsUnavailable)
            return true;
        if (_unavailable >= most.Of(_nodes))
            return false;
        _unavailable++;
        return true;
    }
}
