using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Rollouts;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Operator.Manifests;

/// <summary>Reads a RuntimeConfig. What it does not know, and what is not there yet, it refuses by name.</summary>
/// <param name="name">The object's name.</param>
/// <param name="generation">Its generation.</param>
internal sealed class ConfigReader(string name, long generation)
{
    private const int MostPriority = 1000;

    private readonly Dictionary<string, TomlValue> _values = new(StringComparer.Ordinal);

    public Layer Read(ManifestFields spec)
    {
        var selector = spec.Mapping("nodeSelector");
        if (selector is null)
            spec.Fail("nodeSelector", "is required; {} is every node");
        ReadRuntime(spec.Mapping("runtime"));
        ReadStorage(spec.Mapping("storage"));
        ReadSettings(spec.Mapping("settings"));
        var layer = new Layer
        {
            Name = name,
            Generation = generation,
            Selector = selector is null ? NodeSelector.Everything : SelectorReader.Read(selector),
            Priority = (int)(spec.Whole("priority", -MostPriority, MostPriority) ?? 0),
            IsPaused = spec.Flag("paused"),
            Values = _values,
            Registries = ReadRegistries(spec.Mapping("registries")),
            Handlers = ReadHandlers(spec.Mapping("runtimes")),
            Signing = SigningReader.Read(spec.Mapping("signing")),
            Rollout = ReadRollout(spec.Mapping("rollout")),
        };
        spec.RefuseTheRest();
        return layer;
    }

    private void ReadRuntime(ManifestFields? runtime)
    {
        if (runtime is null)
            return;
        Set(Fields.RuntimeVersion, runtime.Text("version"));
        Set(Fields.RuntimeInstall, runtime.Choice<InstallMode>("install")?.ToString());
        var kubelet = runtime.Choice<KubeletMode>("kubelet");
        if (kubelet is KubeletMode.Switch)
            runtime.Fail("kubelet", "Switch is not supported yet; Keep leaves the kubelet with the runtime that it has");
        Set(Fields.RuntimeKubelet, kubelet?.ToString());
        runtime.RefuseTheRest();
    }

    private void ReadStorage(ManifestFields? storage)
    {
        if (storage is null)
            return;
        Set(Fields.StorageDriver, storage.Text("driver"));
        Set(Fields.StorageRoot, storage.Text("root"));
        if (storage.Mapping("options") is { } options)
        {
            Set(Fields.StorageMountOptions, options.Texts("mountOptions"));
            Set(Fields.StorageDurability, options.Choice<Durability>("durability")?.ToString());
            options.RefuseTheRest();
        }

        var stores = storage.Texts("additionalImageStores");
        if (stores?.Any(store => !IsDirectory(store)) == true)
            storage.Fail("additionalImageStores", "want absolute paths without '..'");
        Set(Fields.StorageAdditionalImageStores, stores);
        storage.RefuseTheRest();
    }

    private void ReadSettings(ManifestFields? settings)
    {
        if (settings is null)
            return;
        Set(Fields.LogLevel, settings.Choice<LogLevel>("logLevel")?.ToString());
        if (settings.Whole("pidsLimit", 0, long.MaxValue) is { } limit)
            _values[Fields.PidsLimit] = new TomlInteger(limit);
        Set(Fields.PullProgressTimeout, settings.Text("pullProgressTimeout"));
        Set(Fields.MetricsAddress, settings.Text("metricsAddress"));
        settings.RefuseTheRest();
    }

    private IReadOnlyList<RegistryRule> ReadRegistries(ManifestFields? registries)
    {
        if (registries is null)
            return [];
        Set(Fields.SearchRegistries, registries.Texts("unqualifiedSearch"));
        var items = registries.Mappings("items");
        var rules = items.Select(ReferenceReader.Registry).ToList();
        foreach (var (rule, item) in rules.Zip(items).Where(pair => rules.Find(other => other.Prefix == pair.First.Prefix) != pair.First))
            item.Fail("prefix", $"{rule.Prefix} is there twice");
        registries.RefuseTheRest();
        return [.. rules.DistinctBy(rule => rule.Prefix)];
    }

    private List<HandlerRule> ReadHandlers(ManifestFields? runtimes)
    {
        if (runtimes is null)
            return [];
        Set(Fields.DefaultHandler, runtimes.Text("default"));
        var handlers = new List<HandlerRule>();
        foreach (var item in runtimes.Mappings("handlers"))
        {
            handlers.Add(new HandlerRule(item.RequiredText("name"), item.Text("program")));
            item.RefuseTheRest();
        }

        runtimes.RefuseTheRest();
        return handlers;
    }

    private static RolloutSettings ReadRollout(ManifestFields? rollout)
    {
        var settings = RolloutSettings.Default;
        if (rollout is null)
            return settings;
        if (rollout.Text("maxUnavailable") is { } most)
        {
            if (NodeCount.TryParse(most, out var count))
                settings = settings with { MaxUnavailable = count };
            else
                rollout.Fail("maxUnavailable", "want a number of nodes such as 3, or a share such as 10%, and at least 1");
        }

        settings = settings with
        {
            Canary = (int?)rollout.Whole("canary", 0, 100) ?? settings.Canary,
            Soak = rollout.Whole("soakSeconds", 0, 86400) is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.Soak,
            FailureBudget = (int?)rollout.Whole("failureBudget", 1, 1000) ?? settings.FailureBudget,
        };
        rollout.RefuseTheRest();
        return settings;
    }

    private static bool IsDirectory(string path) => path.StartsWith('/') && !path.Split('/').Contains("..");

    private void Set(string field, string? value)
    {
        if (value is not null)
            _values[field] = new TomlString(value);
    }

    private void Set(string field, IReadOnlyList<string>? values)
    {
        if (values is not null)
            _values[field] = new TomlArray([.. values.Select(value => new TomlString(value))]);
    }
}
