namespace Ocid.Primitives;

/// <summary>The failure of an operation, of a kind that callers act on.</summary>
/// <param name="kind">What sort of failure this is.</param>
/// <param name="message">Lower case, no full stop: the step, the object and the reason.</param>
/// <param name="inner">The cause, where there is one.</param>
public class OcidException(ErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What sort of failure this is.</summary>
    public ErrorKind Kind { get; } = kind;
}
