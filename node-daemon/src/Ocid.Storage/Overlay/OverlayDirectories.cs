using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Layers;

namespace Ocid.Storage.Overlay;

/// <summary>The directories of layers as the peers' overlay driver keeps them. Every change is made under <c>layers.lock</c>.</summary>
internal sealed class OverlayDirectories(StorePaths paths, bool durable)
{
    private const string LinkAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly SearchValues<char> s_linkCharacters = SearchValues.Create(LinkAlphabet);
    private const int LinkLength = 26;
    private const int DeepestStack = 500;

    /// <summary>Makes a layer's directory, from staged content or with an empty one.</summary>
    public void Create(LayerId id, LayerId? parent, string? stagedDiff, Discarded discarded)
    {
        Remove(id, discarded);
        var directory = paths.Layer(id);
        Directory.CreateDirectory(directory, OverlayModes.Private);
        if (stagedDiff is null)
            CreateDiff(id, parent);
        else
            Directory.Move(stagedDiff, paths.Diff(id));

        var link = RandomNumberGenerator.GetString(LinkAlphabet, LinkLength);
        // The file first: a short link that no layer names would outlive a power cut, and nobody could tell whose it was.
        WriteText(Path.Combine(directory, "link"), link);
        File.CreateSymbolicLink(Path.Combine(paths.Links, link), $"../{id.Value}/diff");
        Directory.CreateDirectory(Path.Combine(directory, "work"), OverlayModes.Private);
        Directory.CreateDirectory(paths.Merged(id), OverlayModes.Private);
        if (parent is null)
            Directory.CreateDirectory(Path.Combine(directory, "empty"), OverlayModes.Private);
        else
            WriteText(Path.Combine(directory, "lower"), string.Join(':', Stack(parent)));

        if (!durable)
            return;
        FileSystems.SyncDirectory(directory);
        FileSystems.SyncDirectory(paths.Links);
        FileSystems.SyncDirectory(paths.Overlay);
    }

    /// <summary>Takes a layer's directory and its short link away; absent is no error.</summary>
    public void Remove(LayerId id, Discarded discarded)
    {
        if (ReadLink(id) is { } link)
            File.Delete(Path.Combine(paths.Links, link));
        // Deleting must not reach into a mount that somebody left there.
        while (Mounts.Unmount(paths.Merged(id), detach: true))
        {
        }

        discarded.Take(paths.Layer(id));
    }

    /// <summary>The directories below a layer, topmost first, relative to <see cref="StorePaths.Overlay"/>.</summary>
    public IReadOnlyList<string> Lower(LayerId id)
    {
        var file = Path.Combine(paths.Layer(id), "lower");
        var lower = File.Exists(file) ? File.ReadAllText(file).Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        if (lower.Length > DeepestStack)
            throw new OcidException(ErrorKind.DataLoss, $"layer {id}: its stack has {lower.Length} layers");
        if (lower.Any(entry => !IsLink(entry)))
            throw new OcidException(ErrorKind.DataLoss, $"layer {id}: its list of lower layers is damaged");
        if (lower.Any(entry => !Directory.Exists(Path.Combine(paths.Overlay, entry))))
            RestoreLinks();
        return lower.Length > 0 ? lower : [Path.Combine(id.Value, "empty")];
    }

    // A power cut may lose short links, which nobody syncs among the peers.
    private void RestoreLinks()
    {
        foreach (var directory in Directory.EnumerateDirectories(paths.Overlay))
        {
            if (LayerId.TryParse(Path.GetFileName(directory), out var id) && ReadLink(id) is { } link && !Path.Exists(Path.Combine(paths.Links, link)))
            {
                File.Delete(Path.Combine(paths.Links, link));
                File.CreateSymbolicLink(Path.Combine(paths.Links, link), $"../{id.Value}/diff");
            }
        }
    }

    private IEnumerable<string> Stack(LayerId parent)
    {
        var link = ReadLink(parent) ?? throw new OcidException(ErrorKind.DataLoss, $"layer {parent}: its directory is damaged or gone");
        var below = Path.Combine(paths.Layer(parent), "lower");
        return File.Exists(below) ? File.ReadAllText(below).Split(':').Prepend("l/" + link) : ["l/" + link];
    }

    // A child's root has the owner and mode of its parent's, which overlay shows once the child is on top.
    private void CreateDiff(LayerId id, LayerId? parent)
    {
        using var root = RootedDirectory.Open(paths.Layer(id));
        using var directory = root.OpenDirectory(".");
        directory.CreateDirectory("diff");
        directory.SetPermissions("diff", 0x16D /* 0555 */);
        if (parent is null)
            return;
        using var above = RootedDirectory.Open(paths.Layer(parent));
        if (above.Status("diff") is not { } status)
            return;
        directory.SetOwner("diff", status.UserId, status.GroupId);
        directory.SetPermissions("diff", status.Permissions);
    }

    private string? ReadLink(LayerId id)
    {
        var file = Path.Combine(paths.Layer(id), "link");
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } link && link.All(char.IsAsciiLetterOrDigit) ? link : null;
    }

    private static bool IsLink(string entry) => entry.StartsWith("l/", StringComparison.Ordinal) && entry.Length > 2 && !entry.AsSpan(2).ContainsAnyExcept(s_linkCharacters);

    private void WriteText(string path, string text) => AtomicFile.Write(path, Encoding.ASCII.GetBytes(text), OverlayModes.PublicFile, durable);
}
