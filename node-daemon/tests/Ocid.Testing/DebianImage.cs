namespace Ocid.Testing;

/// <summary>A Debian root file system in five layers, of this machine's Debian release.</summary>
internal static class DebianImage
{
    private static readonly string[] Base =
        ["base-files", "base-passwd", "libc6", "libc-bin", "gcc-12-base", "libgcc-s1", "libcrypt1", "netbase"];

    private static readonly string[] Shell =
        ["bash", "dash", "coreutils", "sed", "grep", "debianutils", "libtinfo6", "libselinux1", "libpcre2-8-0", "libacl1", "libattr1", "libgmp10"];

    private static readonly string[] Python =
        ["python3-minimal", "python3.11-minimal", "libpython3.11-minimal", "libssl3", "libexpat1", "zlib1g"];

    public static async Task BuildAsync(string image)
    {
        await InsertPackagesAsync(image, Base, FinishBase);
        await InsertPackagesAsync(image, Shell, _ => { });
        await InsertPackagesAsync(image, Python, _ => { });
        // A removed folder (a whiteout), and a folder whose former content is hidden (an opaque one).
        await Tool.RunAsync("umoci", "insert", "--image", image, "--whiteout", "/usr/share/doc");
        await InsertFolderAsync(image, "/usr/share/common-licenses", "--opaque");
        await Tool.RunAsync(
            "umoci", "config", "--image", image, "--config.env", $"PATH={TestImages.SearchPath}", "--config.env", "LANG=C.UTF-8",
            "--config.cmd", "bash", "--config.workingdir", "/root", "--config.label", "dev.ocid.test=debian");
    }

    private static async Task InsertPackagesAsync(string image, string[] packages, Action<string> finish)
    {
        var root = Directory.CreateTempSubdirectory("ocid-debian-").FullName;
        try
        {
            File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
            foreach (var package in await DebianPackages.DownloadAsync(packages))
                await Tool.RunAsync("dpkg-deb", "--extract", package, root);
            await MergeUsrAsync(root);
            finish(root);
            await Tool.RunAsync("umoci", "insert", "--image", image, root, "/");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task InsertFolderAsync(string image, string target, string option)
    {
        var folder = Directory.CreateTempSubdirectory("ocid-debian-").FullName;
        try
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
            await File.WriteAllTextAsync(Path.Combine(folder, "README"), "the licences are in Debian's base-files\n");
            await Tool.RunAsync("umoci", "insert", "--image", image, option, folder, target);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Debian's packages still ship /bin and /lib, which are symbolic links on every installed system.</summary>
    private static async Task MergeUsrAsync(string root)
    {
        foreach (var folder in new[] { "bin", "sbin", "lib", "lib64" })
        {
            var source = Path.Combine(root, folder);
            if (!Directory.Exists(source))
                continue;
            var target = Directory.CreateDirectory(Path.Combine(root, "usr", folder)).FullName;
            await Tool.RunAsync("cp", "--archive", $"{source}/.", target);
            Directory.Delete(source, recursive: true);
        }
    }

    private static void FinishBase(string root)
    {
        foreach (var folder in new[] { "bin", "sbin", "lib", "lib64" })
            File.CreateSymbolicLink(Path.Combine(root, folder), $"usr/{folder}");
        Directory.CreateDirectory(Path.Combine(root, "usr/sbin"));
        File.Copy(Path.Combine(root, "usr/share/base-passwd/passwd.master"), Path.Combine(root, "etc/passwd"));
        File.Copy(Path.Combine(root, "usr/share/base-passwd/group.master"), Path.Combine(root, "etc/group"));
    }
}
