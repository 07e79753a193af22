namespace Ocid.Operator.Conditions;

/// <summary>Whether a condition holds, by these names.</summary>
internal enum ConditionStatus
{
    False,
    True,
    Unknown,
}
