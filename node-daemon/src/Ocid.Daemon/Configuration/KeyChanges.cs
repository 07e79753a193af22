namespace Ocid.Daemon.Configuration;

/// <summary>What the change of each key needs. A key that is not named here needs a restart.</summary>
internal static class KeyChanges
{
    private static readonly HashSet<string> Reloaded = new(StringComparer.Ordinal)
    {
        "log_level",
        "images.insecure_registries",
        "images.pinned_images",
        "images.gc_foreign_images",
        "images.pull_progress_timeout",
        "runtime.default_runtime",
        "runtime.pids_limit",
        "runtime.log_size_max",
        "runtime.cdi_spec_dirs",
        "runtime.hooks_dir",
        "runtime.seccomp_profile",
        "runtime.handlers.*.program",
        "runtime.handlers.*.arguments",
        "runtime.handlers.*.privileged_without_host_devices",
        "runtime.handlers.*.create_timeout",
    };

    public static KeyChange Of(Setting setting) => Reloaded.Contains(General(setting)) ? KeyChange.Reload : KeyChange.Restart;

    /// <summary>The key as the documentation has it: <c>runtime.handlers.*.program</c>.</summary>
    public static string General(Setting setting)
    {
        const string Handlers = "runtime.handlers.";
        var table = setting.Table.StartsWith(Handlers, StringComparison.Ordinal) ? Handlers + "*" : setting.Table;
        return table.Length == 0 ? setting.Name : $"{table}.{setting.Name}";
    }
}
