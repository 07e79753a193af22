namespace Ocid.Linux.Namespaces;

/// <summary>The ids outside of a user namespace that its ids 0, 1, 2 and so on stand for.</summary>
/// <param name="First">The id outside of id 0.</param>
/// <param name="Length">How many there are.</param>
public sealed record IdRange(uint First, uint Length);
