using System.Buffers;
using Ocid.Primitives;

namespace Ocid.Storage.Overlay;

/// <summary>
/// The short links <c>l/NAME</c> by which layers name those below them, so that many fit into one mount. A layer's directory may be in any place of the
/// store, and its link is beside it.
/// </summary>
internal sealed class LayerLinks(StorePaths paths)
{
    public const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    public const int Length = 26;

    private const int DeepestStack = 500;
    private static readonly SearchValues<char> s_characters = SearchValues.Create(Alphabet);

    public static string Directory(string home) => Path.Combine(home, "l");

    /// <summary>A layer's directory, wherever it is; in the store's own place if it is nowhere.</summary>
    public string Layer(LayerId id) =>
        paths.Homes.Select(home => Path.Combine(home, id.Value)).FirstOrDefault(System.IO.Directory.Exists) ?? Path.Combine(paths.Home, id.Value);

    /// <summary>The name of a layer's link; null where it has none.</summary>
    public static string? Read(string layer)
    {
        var file = Path.Combine(layer, "link");
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } link && link.All(char.IsAsciiLetterOrDigit) ? link : null;
    }

    public static void Make(string home, string link, LayerId id) => File.CreateSymbolicLink(Path.Combine(Directory(home), link), $"../{id.Value}/diff");

    /// <summary>What a child of this layer has as its list.</summary>
    public IEnumerable<string> Stack(LayerId parent)
    {
        var link = Read(Layer(parent)) ?? throw new OcidException(ErrorKind.DataLoss, $"layer {parent}: its directory is damaged or gone");
        return Below(parent).Prepend("l/" + link);
    }

    public bool IsStackedOn(LayerId id, LayerId parent) => Read(Layer(parent)) is not null && Below(id).SequenceEqual(Stack(parent));

    public bool Leads(string link, LayerId id) =>
        paths.Homes.Select(home => new FileInfo(Path.Combine(Directory(home), link)).LinkTarget).OfType<string>().FirstOrDefault() is { } target
        && target == $"../{id.Value}/diff";

    /// <summary>The directories below a layer, topmost first: relative to the store's own home where they are there, else absolute.</summary>
    public IReadOnlyList<string> Lower(LayerId id)
    {
        var lower = Below(id);
        if (lower.Length > DeepestStack)
            throw new OcidException(ErrorKind.DataLoss, $"layer {id}: its stack has {lower.Length} layers");
        if (lower.Any(entry => !IsLink(entry)))
            throw new OcidException(ErrorKind.DataLoss, $"layer {id}: its list of lower layers is damaged");
        if (lower.Any(entry => Find(entry) is null))
            Restore();
        return lower.Length > 0 ? [.. lower.Select(entry => Find(entry) ?? entry)] : [Path.Combine(id.Value, "empty")];
    }

    /// <summary>Makes the links again that layers name and that are not there: a power cut may lose them, for nobody syncs them among the peers.</summary>
    public void Restore()
    {
        foreach (var home in paths.WritableHomes)
        {
            foreach (var directory in System.IO.Directory.EnumerateDirectories(home))
            {
                if (!LayerId.TryParse(Path.GetFileName(directory), out var id) || Read(directory) is not { } link || Path.Exists(Path.Combine(Directory(home), link)))
                    continue;
                File.Delete(Path.Combine(Directory(home), link));
                Make(home, link, id);
            }
        }
    }

    /// <summary>Links that lead to no layer, or that the layer does not name.</summary>
    public static IEnumerable<string> Dangling(string home) => System.IO.Directory.EnumerateFileSystemEntries(Directory(home))
        .Where(entry => new FileInfo(entry).LinkTarget is { } target && Read(Path.GetDirectoryName(Path.Combine(Directory(home), target))!) != Path.GetFileName(entry));

    private string[] Below(LayerId id)
    {
        var file = Path.Combine(Layer(id), "lower");
        return File.Exists(file) ? File.ReadAllText(file).Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
    }

    private string? Find(string entry)
    {
        if (System.IO.Directory.Exists(Path.Combine(paths.Home, entry)))
            return entry;
        return paths.Homes.Skip(1).Select(home => Path.Combine(home, entry)).FirstOrDefault(System.IO.Directory.Exists);
    }

    private static bool IsLink(string entry) => entry.StartsWith("l/", StringComparison.Ordinal) && entry.Length > 2 && !entry.AsSpan(2).ContainsAnyExcept(s_characters);
}
