namespace Ocid.Operator.Merging;

/// <summary>What a selector may ask of a label, by these names.</summary>
internal enum SelectorOperator
{
    In,
    NotIn,
    Exists,
    DoesNotExist,
}
