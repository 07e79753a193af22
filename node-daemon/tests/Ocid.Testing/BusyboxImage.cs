namespace Ocid.Testing;

/// <summary>One layer: Debian's static busybox with a link for each applet, a passwd file and a page for its httpd.</summary>
internal static class BusyboxImage
{
    public static async Task BuildAsync(string image)
    {
        var root = Directory.CreateTempSubdirectory("ocid-busybox-").FullName;
        try
        {
            await FillAsync(root);
            await Tool.RunAsync("umoci", "insert", "--image", image, root, "/");
            await Tool.RunAsync(
                "umoci", "config", "--image", image, "--config.env", $"PATH={TestImages.SearchPath}", "--config.cmd", "sh",
                "--config.label", "dev.ocid.test=busybox");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task FillAsync(string root)
    {
        File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
        foreach (var folder in new[] { "bin", "etc", "proc", "sys", "dev", "root", "var/log", "usr/bin", "www" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        var temporary = Directory.CreateDirectory(Path.Combine(root, "tmp"));
        temporary.UnixFileMode = UnixFileMode.StickyBit | (UnixFileMode)0b111_111_111;

        var program = Tool.Find("busybox") ?? throw new InvalidOperationException("busybox is missing: install busybox-static");
        File.Copy(program, Path.Combine(root, "bin/busybox"));
        File.SetUnixFileMode(Path.Combine(root, "bin/busybox"), (UnixFileMode)0b111_101_101);
        var applets = await Tool.RunAsync("busybox", "--list");
        foreach (var applet in applets.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(applet => applet != "busybox"))
            File.CreateSymbolicLink(Path.Combine(root, "bin", applet), "busybox");

        await File.WriteAllTextAsync(Path.Combine(root, "etc/passwd"), """
            root:x:0:0:root:/root:/bin/sh
            daemon:x:1:1:daemon:/:/bin/false
            www:x:1000:1000:web server:/www:/bin/sh

            """);
        await File.WriteAllTextAsync(Path.Combine(root, "etc/group"), "root:x:0:\ndaemon:x:1:\nextra:x:2000:www\nwww:x:1000:\n");
        await File.WriteAllTextAsync(Path.Combine(root, "www/index.html"), "hello from busybox\n");
    }
}
