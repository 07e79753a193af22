namespace Ocid.Operator.Merging;

/// <summary>The fields of a RuntimeConfig's spec that hold one value.</summary>
internal static class Fields
{
    public const string RuntimeVersion = "runtime.version";
    public const string RuntimeInstall = "runtime.install";
    public const string RuntimeKubelet = "runtime.kubelet";
    public const string SearchRegistries = "registries.unqualifiedSearch";
    public const string StorageDriver = "storage.driver";
    public const string StorageRoot = "storage.root";
    public const string StorageMountOptions = "storage.options.mountOptions";
    public const string StorageDurability = "storage.options.durability";
    public const string StorageAdditionalImageStores = "storage.additionalImageStores";
    public const string DefaultHandler = "runtimes.default";
    public const string LogLevel = "settings.logLevel";
    public const string PidsLimit = "settings.pidsLimit";
    public const string PullProgressTimeout = "settings.pullProgressTimeout";
    public const string MetricsAddress = "settings.metricsAddress";
    public const string SigningDefault = "signing.default";

    public static string Registry(string prefix) => $"registries.items[{prefix}]";

    public static string Handler(string name) => $"runtimes.handlers[{name}]";

    public static string SigningScope(string scope, string podNamespace) =>
        podNamespace.Length == 0 ? $"signing.policies[{scope}]" : $"signing.policies[{scope}, namespace {podNamespace}]";
}
