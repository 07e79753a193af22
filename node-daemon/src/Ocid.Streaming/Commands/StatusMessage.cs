namespace Ocid.Streaming.Commands;

/// <summary>The parts of Kubernetes' <c>meta/v1 Status</c> that say how a command ended.</summary>
/// <remarks>https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.32/#status-v1-meta</remarks>
internal sealed record StatusMessage(string Status, string? Message = null, string? Reason = null, StatusDetails? Details = null, int? Code = null);
