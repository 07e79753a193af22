namespace Ocid.E2E.Machine;

/// <summary>What a stopped test node left behind.</summary>
public sealed class LeftoversException(IReadOnlyList<string> leftovers)
    : Exception($"left behind:{string.Concat(leftovers.Select(entry => $"\n  {entry}"))}")
{
    public IReadOnlyList<string> Leftovers { get; } = leftovers;
}
