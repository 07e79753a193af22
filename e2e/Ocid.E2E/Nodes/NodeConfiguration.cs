namespace Ocid.E2E.Nodes;

/// <summary>The <c>ocid.toml</c> of a test node.</summary>
internal static class NodeConfiguration
{
    /// <summary>Files that hold no pod's state, and folders whose content counts: they stay for the next pod.</summary>
    private static readonly string[] Staying =
        [".lock", "/lock", "/last_reserved_ip.0", "/mountpoints.json", "overlay-layers/mapped", "overlay-layers/mapped/0", "state/run", "run/containers", "run/pods", "run/mounts", "run/namespaces", "run/runc", "run/crun"];

    public static string Write(NodeFolders folders, TestNodeOptions options) => $"""
        state_dir = "{folders.State}"
        run_dir = "{folders.Run}"
        log_level = "debug"

        [api]
        listen = "{folders.Socket}"

        [metrics]
        address = "{(options.MetricsPort is { } port ? $"127.0.0.1:{port}" : "")}"

        [monitor]
        socket = "{folders.MonitorSocket}"

        [storage]
        root = "{folders.Storage}"
        runroot = "{folders.RunRoot}"

        [runtime]
        default_runtime = "{options.Runtime}"
        {options.RuntimeSettings}

        [images]
        config_dirs = ["{folders.ImageConfiguration}"]
        signature_policy_dir = "{folders.Policies}"
        insecure_registries = [{(options.Registry is { } registry ? $"\"{registry}\"" : "")}]

        [network]
        conf_dir = "{folders.NetworkConfiguration}"
        cache_dir = "{folders.NetworkCache}"

        {options.Configuration}
        """;

    public static bool MayStay(string file) => Path.GetDirectoryName(file) == "addresses" || Staying.Any(end => file.EndsWith(end, StringComparison.Ordinal));
}
