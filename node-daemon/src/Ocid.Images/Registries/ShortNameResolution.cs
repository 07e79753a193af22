using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>What a name without a registry may stand for.</summary>
/// <param name="list">The configuration in force.</param>
/// <param name="recorded">Aliases that win over the configuration's.</param>
internal sealed class ShortNameResolution(RegistryList list, IReadOnlyDictionary<string, ShortNameAlias> recorded)
{
    /// <summary>The references to pull, the first that can be had. A full name is itself.</summary>
    /// <exception cref="OcidException">InvalidArgument: no reference, or nothing says which registry is meant, or too many do.</exception>
    public IReadOnlyList<ImageReference> ToPull(string text)
    {
        if (!ShortName.TryParse(text, out var name))
            return [ImageReference.Parse(text).WithDefaultTag()];
        if (Alias(name) is { } alias)
            return [alias];

        return list.SearchRegistries.Count switch
        {
            0 => throw new OcidException(ErrorKind.InvalidArgument, $"image {Quoted.Text(text)}: names no registry, is no alias, and {list.SearchOrigin} has no unqualified-search-registries"),
            > 1 when list.ShortNames == ShortNameMode.Enforcing => throw new OcidException(
                ErrorKind.InvalidArgument,
                $"image {Quoted.Text(text)}: names no registry, short-name-mode is enforcing, and {string.Join(", ", list.SearchRegistries)} come into question: name one, or set an alias"),
            _ => Searched(name),
        };
    }

    /// <summary>The references by which an image in the store may be meant.</summary>
    public IReadOnlyList<ImageReference> InStore(string text)
    {
        if (!ImageReference.TryParse(text, out var normal))
            return [];
        if (!ShortName.TryParse(text, out var name))
            return [normal.WithDefaultTag()];

        var alias = Alias(name);
        return [.. alias is null ? [] : new[] { alias }, At("localhost", name), .. Searched(name), normal.WithDefaultTag()];
    }

    private ImageReference? Alias(ShortName name) =>
        (recorded.GetValueOrDefault(name.Repository) ?? list.AliasOf(name.Repository))?.Repository is { } repository
            ? ImageReference.Parse(repository.Name + name.Rest).WithDefaultTag()
            : null;

    private List<ImageReference> Searched(ShortName name) => [.. list.SearchRegistries.Select(host => At(host, name))];

    private static ImageReference At(string host, ShortName name) => ImageReference.Parse($"{host}/{name}").WithDefaultTag();
}
