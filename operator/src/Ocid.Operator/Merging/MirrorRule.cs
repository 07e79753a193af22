using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>A registry that has the same images as another.</summary>
/// <param name="Location">Its host and path.</param>
/// <param name="Use">What it may be asked for.</param>
/// <param name="IsInsecure">Whether its certificate goes unchecked, or plain HTTP is spoken.</param>
internal sealed record MirrorRule(string Location, MirrorPull Use = MirrorPull.All, bool IsInsecure = false);
