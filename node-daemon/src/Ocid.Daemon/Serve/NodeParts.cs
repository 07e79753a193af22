using Microsoft.Extensions.Logging;
using Ocid.Cri;
using Ocid.Daemon.Configuration;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Registries;
using Ocid.Networking;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;
using Ocid.Spec.Seccomp;
using Ocid.Storage;

namespace Ocid.Daemon.Serve;

/// <summary>The configuration in the words of each module.</summary>
internal static class NodeParts
{
    public static IReadOnlyList<OciRuntime> Runtimes(RuntimeOptions options, CgroupHierarchies cgroups) =>
        [.. options.Handlers.Select(handler => new OciRuntime(Handler(handler, options.SystemdCgroup), cgroups.Mode))];

    private static RuntimeHandler Handler(RuntimeHandlerOptions options, bool systemdCgroup) => new()
    {
        Name = options.Name,
        Program = options.Program,
        Root = options.Root,
        SystemdCgroup = systemdCgroup,
        ExtraArguments = options.Arguments,
        PrivilegedWithoutHostDevices = options.PrivilegedWithoutHostDevices,
        CreateTimeout = options.CreateTimeout,
    };

    public static NodeSettings Settings(LoadedConfiguration configuration) => Settings(configuration.Options) with { Configuration = configuration.Digest };

    private static NodeSettings Settings(OcidOptions options) => new()
    {
        PidsLimit = options.Runtime.PidsLimit ?? 0,
        LogSizeLimit = options.Runtime.LogSizeLimit ?? 0,
        CdiSpecDirectories = options.Runtime.CdiSpecDirectories,
        HooksDirectories = options.Runtime.HooksDirectories,
        DefaultSeccomp = options.Runtime.SeccompProfile is { } file ? SeccompRequest.FromFile(file) : null,
        PinnedImages = options.Images.Pinned,
        CollectForeignImages = options.Images.CollectForeign,
    };

    public static StoreOptions StoreOptions(StorageOptions options) => new()
    {
        Root = options.Root,
        RunRoot = options.RunRoot,
        Driver = options.Driver,
        // Those of overlay, which storage.conf has whatever driver is asked for.
        MountOptions = options.Driver == "overlay" ? options.MountOptions : [],
        ImageStore = options.ImageStore,
        AdditionalImageStores = options.AdditionalImageStores,
        Durability = options.Durable ? Durability.Syncfs : Durability.None,
    };

    public static ImageRegistriesOptions Registries(ImagesOptions options) => new()
    {
        Roots = new ImageConfigurationRoots(options.ConfigurationDirectories),
        AuthFiles = [.. AuthFiles(options)],
        InsecureRegistries = options.InsecureRegistries,
    };

    /// <summary>A daemon has no home: what is its credentials', the configuration says.</summary>
    public static IEnumerable<AuthFileLocation> AuthFiles(ImagesOptions options) =>
        (options.AuthFile is { } own ? new[] { own } : []).Concat(options.ConfigurationDirectories.Select(directory => Path.Combine(directory, "auth.json"))).Select(path => new AuthFileLocation(path));

    public static SignaturePolicy SignaturePolicy(ImagesOptions options, ILoggerFactory loggers) =>
        new(new ImageConfigurationRoots(options.ConfigurationDirectories), options.SignaturePolicyDirectory, loggers);

    public static PodNetworkOptions NetworkOptions(OcidOptions options) => new()
    {
        ConfigurationDirectory = options.Network.ConfigurationDirectory,
        PluginDirectories = options.Network.PluginDirectories,
        CacheDirectory = options.Network.CacheDirectory,
        HeldNamespaceDirectory = Path.Combine(options.RunDirectory, "held-ns"),
    };

    /// <summary>The kernel's random id of this boot.</summary>
    /// <remarks>https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html</remarks>
    public static string BootId() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
}
