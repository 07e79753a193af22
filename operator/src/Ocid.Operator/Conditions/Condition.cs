namespace Ocid.Operator.Conditions;

/// <summary>A condition of a RuntimeConfig.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">Why, in one word for programs.</param>
/// <param name="Message">The object, the cause, and what to do next, for people; never null, which the API server would refuse.</param>
internal sealed record Condition(ConditionType Type, ConditionStatus Status, string Reason, string Message)
{
    public override string ToString() => $"{Type}={Status} {Reason}{(Message.Length > 0 ? $": {Message}" : "")}";
}
