namespace Ocid.Operator.Conditions;

/// <summary>Something that happened, for <c>kubectl get events</c>.</summary>
/// <param name="Config">The RuntimeConfig that it is about.</param>
/// <param name="Reason">What, in one word for programs.</param>
/// <param name="Message">What, for people.</param>
/// <param name="IsWarning">Whether somebody should look.</param>
internal sealed record RolloutEvent(string Config, string Reason, string Message, bool IsWarning = false);
