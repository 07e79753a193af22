using System.Collections;

namespace Ocid.Toml;

/// <summary>An array, or an array of tables: readers rarely care which of the two notations was used.</summary>
/// <param name="items">The elements in order.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlArray(IReadOnlyList<TomlValue> items, TomlPosition position = default) : TomlValue(position), IReadOnlyList<TomlValue>
{
    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public override string Kind => "an array";

    /// <inheritdoc/>
    public TomlValue this[int index] => items[index];

    /// <inheritdoc/>
    public IEnumerator<TomlValue> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
