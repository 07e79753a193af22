using Ocid.Operator.Merging;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Operator.Rendering;

/// <summary>A field that becomes a key of the daemon's ocid.toml.</summary>
/// <param name="Field">The field of a RuntimeConfig's spec.</param>
/// <param name="Path">The daemon's key.</param>
/// <param name="Needs">What a change costs, as docs/configuration.md has it; containers of another store are gone.</param>
internal sealed record DaemonKey(string Field, string Path, Disruption Needs = Disruption.Restart)
{
    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<DaemonKey> All { get; } =
    [
        new(Fields.StorageDriver, "storage.driver", Disruption.Drain),
        new(Fields.StorageRoot, "storage.root", Disruption.Drain),
        new(Fields.StorageMountOptions, "storage.mount_options"),
        new(Fields.StorageDurability, "storage.durability"),
        new(Fields.StorageAdditionalImageStores, "storage.additional_image_stores"),
        new(Fields.DefaultHandler, "runtime.default_runtime", Disruption.Reload),
        new(Fields.PidsLimit, "runtime.pids_limit", Disruption.Reload),
        new(Fields.PullProgressTimeout, "images.pull_progress_timeout", Disruption.Reload),
        new(Fields.LogLevel, "log_level", Disruption.Reload),
        new(Fields.MetricsAddress, "metrics.address"),
    ];

    // The names of choices begin with a capital letter in Kubernetes, and with a small one in the file.
    private static readonly string[] Choices = [Fields.StorageDurability, Fields.LogLevel];

    public TomlValue Value(TomlValue given) => given is TomlString text && Choices.Contains(Field) ? new TomlString(text.Value.ToLowerInvariant()) : given;
}
