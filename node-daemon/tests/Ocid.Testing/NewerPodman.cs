namespace Ocid.Testing;

/// <summary>
/// podman of Debian's sid where it is unpacked. Its helper programs are not where it was built to look for them, so it has a containers.conf of its
/// own, with a network backend, or it would note one in the store that Debian 12's podman lacks; and what it says of control groups and databases that are old to it is not about what a test asks.
/// </summary>
public static class NewerPodman
{
    private const string Suite = "sid";

    public static string? Path => NewerDebian.Find("podman", Suite);

    /// <summary>Runs it, with its configuration in <paramref name="folder"/>.</summary>
    public static async Task<ToolResult> TryRunAsync(string folder, params string[] arguments)
    {
        var configuration = System.IO.Path.Combine(folder, "newer-podman.conf");
        var usr = System.IO.Path.Combine(NewerDebian.Root(Suite), "usr");
        await File.WriteAllTextAsync(configuration, $"""
            [engine]
            helper_binaries_dir = ["{usr}/lib/podman"]
            conmon_path = ["{usr}/bin/conmon"]
            cgroup_manager = "cgroupfs"
            events_logger = "none"
            [network]
            network_backend = "netavark"

            """);
        return await Tool.TryRunAsync(
            null, "env", [$"CONTAINERS_CONF={configuration}", "PODMAN_IGNORE_CGROUPSV1_WARNING=1", "SUPPRESS_BOLTDB_WARNING=1", Path ?? throw new InvalidOperationException("podman of sid is not unpacked"), .. arguments]);
    }
}
