using Ocid.Primitives;

namespace Ocid.Storage.Pruning;

/// <summary>An image that a policy lets go.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Names">Its names.</param>
/// <param name="Came">When it came into the store, as its topmost layer says.</param>
public sealed record PruneCandidate(ImageId Id, IReadOnlyList<string> Names, DateTimeOffset Came);
