namespace Ocid.Operator.Conditions;

/// <summary>Something that happened to a RuntimeConfig, for <c>kubectl get events</c>.</summary>
/// <param name="Reason">What, in one word for programs.</param>
/// <param name="Message">What, for people.</param>
/// <param name="IsWarning">Whether somebody should look.</param>
internal sealed record ConfigEvent(string Reason, string Message, bool IsWarning = false);
