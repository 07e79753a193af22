using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>
/// An image in a registry, its topmost layer like no other's. A layer has entries for all its directories but the root: the newer podman's check calls a
/// layer modified that has one for the root, or a file without one for its directory, whatever program unpacked it.
/// </summary>
internal static class SourceImage
{
    /// <summary>Some of an image's files, with their content; null for one that its topmost layer takes away.</summary>
    public static IReadOnlyDictionary<string, string?> Tree(string source) => new Dictionary<string, string?>
    {
        ["etc/hello"] = source[(source.LastIndexOf('/') + 1)..],
        ["etc/link"] = "in the lower layer",
        ["etc/second"] = "in the lower layer",
        ["opt/gone"] = null,
    };

    public static async Task<string> PushAsync(LocalRegistry registry, string folder)
    {
        var source = $"{registry.Host}/source-{Guid.NewGuid():n}:1";
        var work = Directory.CreateDirectory(Path.Combine(folder, $"source-{Guid.NewGuid():n}")).FullName;
        var image = $"{work}/layout:latest";
        await Tool.RunAsync("umoci", "init", "--layout", $"{work}/layout");
        await Tool.RunAsync("umoci", "new", "--image", image);
        await AddAsync(image, Path.Combine(work, "lower"), FillLowerAsync);
        await AddAsync(image, Path.Combine(work, "upper"), async tree =>
        {
            await File.WriteAllTextAsync(Path.Combine(tree, "etc/hello"), Tree(source)["etc/hello"]);
            await File.WriteAllTextAsync(Path.Combine(tree, "opt/.wh.gone"), "");
        });
        await Tool.RunAsync("umoci", "config", "--image", image, "--config.label", $"source={source}", "--config.cmd", "sh");
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", $"oci:{image}", $"docker://{source}");
        Directory.Delete(work, recursive: true);
        return source;
    }

    private static async Task AddAsync(string image, string tree, Func<string, Task> fill)
    {
        Directory.CreateDirectory(Path.Combine(tree, "etc"));
        Directory.CreateDirectory(Path.Combine(tree, "opt"));
        await fill(tree);
        await Tool.RunAsync("tar", "--create", "--numeric-owner", "--directory", tree, "--file", $"{tree}.tar", "etc", "opt");
        await Tool.RunAsync("umoci", "raw", "add-layer", "--image", image, $"{tree}.tar");
    }

    // What the kinds of entries differ in: links of both kinds, modes, a name too long for a plain header, an owner.
    private static async Task FillLowerAsync(string tree)
    {
        var etc = Path.Combine(tree, "etc");
        Directory.CreateDirectory(Path.Combine(etc, "closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var temporary = Directory.CreateDirectory(Path.Combine(etc, "temporary"));
        temporary.UnixFileMode = UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111;
        Directory.CreateDirectory(Path.Combine(tree, "opt/gone/deep"));
        await File.WriteAllTextAsync(Path.Combine(etc, "hello"), "hidden");
        await File.WriteAllTextAsync(Path.Combine(etc, "second"), "in the lower layer");
        File.CreateSymbolicLink(Path.Combine(etc, "link"), "second");
        await Tool.RunAsync("ln", Path.Combine(etc, "second"), Path.Combine(etc, "third"));
        await File.WriteAllBytesAsync(Path.Combine(etc, new string('n', 200)), new byte[70_000]);
        await File.WriteAllTextAsync(Path.Combine(etc, "program"), "#!/bin/sh\n");
        await Tool.RunAsync("chown", "123:456", Path.Combine(etc, "program"));
        await Tool.RunAsync("chmod", "4755", Path.Combine(etc, "program"));
    }
}
