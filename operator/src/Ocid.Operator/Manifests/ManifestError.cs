namespace Ocid.Operator.Manifests;

/// <summary>Something that is wrong with an object.</summary>
/// <param name="Place">File, line and column.</param>
/// <param name="Field">The field.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record ManifestError(string Place, string Field, string Reason)
{
    public override string ToString() => Field.Length == 0 ? $"{Place}: {Reason}" : $"{Place}: {Field}: {Reason}";
}
