namespace Ocid.Operator.Manifests;

/// <summary>Manifests that cannot be read.</summary>
/// <param name="lines">Everything that is wrong, each with file, line, column and field.</param>
internal sealed class ManifestException(IReadOnlyList<ManifestError> lines) : Exception(string.Join('\n', lines))
{
    public IReadOnlyList<ManifestError> Lines { get; } = lines;
}
