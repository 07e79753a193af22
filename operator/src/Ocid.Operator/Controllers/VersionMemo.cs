using k8s.Models;

namespace Ocid.Operator.Controllers;

/// <summary>Remembers what was made of each object's present version.</summary>
/// <typeparam name="TMade">What was made.</typeparam>
internal sealed class VersionMemo<TMade>
{
    private Dictionary<(string Uid, string Version), TMade> _made = [];

    /// <summary>One for each object, in their order; those of other versions are forgotten.</summary>
    public IReadOnlyList<TMade> Of<T>(IEnumerable<T> objects, Func<T, TMade> make)
        where T : IMetadata<V1ObjectMeta>
    {
        var kept = new Dictionary<(string, string), TMade>();
        foreach (var value in objects)
        {
            var version = (value.Metadata.Uid ?? value.Metadata.Name!, value.Metadata.ResourceVersion ?? "");
            kept[version] = _made.TryGetValue(version, out var made) ? made : make(value);
        }

        _made = kept;
        return [.. kept.Values];
    }
}
