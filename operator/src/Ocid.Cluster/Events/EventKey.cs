using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Events;

/// <summary>What makes an event a repetition of another.</summary>
internal sealed record EventKey(ObjectReference About, string Reason, string Message, bool IsWarning);
