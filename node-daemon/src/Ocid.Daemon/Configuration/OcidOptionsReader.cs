using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Ocid.Cri;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Storage;
using Ocid.Streaming;
using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Every key of ocid.toml, with its default and the line that <c>ocid config default</c> prints about it.</summary>
/// <param name="settings">Where the keys are read.</param>
/// <param name="findProgram">The path of a program of this host; null when it is not installed.</param>
internal sealed partial class OcidOptionsReader(SettingReader settings, Func<string, string?> findProgram)
{
    private static readonly string[] BuiltInHandlers = ["runc", "crun"];

    private static readonly (string, LogLevel)[] LogLevels =
    [
        ("trace", LogLevel.Trace), ("debug", LogLevel.Debug), ("info", LogLevel.Information), ("warn", LogLevel.Warning), ("error", LogLevel.Error),
    ];

    public OcidOptions Read()
    {
        var state = settings.Directory("state_dir", "/var/lib/ocid", "what must survive a reboot: pods, containers, CNI results");
        var run = settings.Directory("run_dir", "/run/ocid", "what a reboot may take: sockets, bundles, pinned namespaces");
        return new OcidOptions
        {
            StateDirectory = state,
            RunDirectory = run,
            LogLevel = settings.Choice("log_level", LogLevel.Information, LogLevels, "trace, debug, info, warn or error"),
            ApiSocket = settings.Socket("api.listen", $"{run}/ocid.sock", "unix socket of the Container Runtime Interface; the kubelet's --container-runtime-endpoint"),
            MetricsAddress = settings.Address("metrics.address", new IPEndPoint(IPAddress.Loopback, 9537), "address:port for Prometheus; \"\" serves no metrics"),
            MonitorSocket = settings.Socket("monitor.socket", $"{run}/monitor.sock", "unix socket between the daemon and the monitor"),
            StartsMonitor = settings.Choice("monitor.started_by", true, [("daemon", true), ("init", false)], "who starts the monitor: daemon (when it finds none) or init (systemd, at once when it falls)"),
            Storage = ReadStorage(),
            Runtime = ReadRuntime(run),
            Network = ReadNetwork(state),
            Images = ReadImages(),
            Streaming = ReadStreaming(),
        };
    }

    private StorageOptions ReadStorage() => new()
    {
        Root = settings.Directory("storage.root", "/var/lib/containers/storage", "images and containers; shared with podman, buildah and skopeo that use the same root"),
        RunRoot = settings.Directory("storage.runroot", "/run/containers/storage", "the store's state that a reboot may take"),
        Driver = ReadDriver(),
        MountOptions = settings.Texts("storage.mount_options", [], "options for every container's root mount, such as \"nodev\""),
        ImageStore = settings.OptionalFile("storage.image_store", "a directory for images and their layers, apart from containers; \"\" keeps them in the root"),
        AdditionalImageStores = settings.Directories("storage.additional_image_stores", [], "roots of read-only stores whose images are used too: an NFS share, a directory of the host's image"),
        Durable = settings.Choice("storage.durability", true, [("syncfs", true), ("none", false)], "syncfs: an image is on the disk before its record is; none: faster, for hosts thrown away after a crash"),
    };

    private string ReadDriver()
    {
        var driver = settings.Text("storage.driver", "overlay", "the storage driver: overlay, or vfs, which copies and runs on any file system");
        if (StoreOptions.DriverRefusal(driver) is { } refusal)
            settings.Fail("storage.driver", refusal);
        return driver;
    }

    private RuntimeOptions ReadRuntime(string run)
    {
        var handlers = ReadHandlers(run);
        var first = handlers.Count > 0 ? handlers[0].Name : BuiltInHandlers[0];
        var chosen = settings.Text("runtime.default_runtime", first, "the handler for pods that name none");
        if (handlers.All(handler => handler.Name != chosen))
            settings.Fail("runtime.default_runtime", $"no handler {chosen}: {(handlers.Count == 0 ? "neither runc nor crun is installed, and no [runtime.handlers.NAME] is configured" : $"there is {string.Join(", ", handlers.Select(handler => handler.Name))}")}");

        return new RuntimeOptions
        {
            SystemdCgroup = settings.Choice("runtime.cgroup_driver", false, [("cgroupfs", false), ("systemd", true)], "who makes cgroups: cgroupfs (the OCI runtime) or systemd (on its request); the kubelet asks for it and does the same"),
            DefaultHandler = chosen,
            Handlers = handlers,
            PidsLimit = settings.Limit("runtime.pids_limit", "the most processes in one container, unless the kubelet says otherwise; 0 is no limit"),
            LogSizeLimit = ReadLogSizeLimit(),
            CdiSpecDirectories = settings.Directories("runtime.cdi_spec_dirs", ["/etc/cdi", "/var/run/cdi"], "where vendors describe devices (Container Device Interface); a later directory goes before an earlier one"),
            HooksDirectories = settings.Directories("runtime.hooks_dir", ["/usr/share/containers/oci/hooks.d", "/etc/containers/oci/hooks.d"], "where OCI hooks are configured, as oci-hooks(5) has it; a file of a later directory replaces its namesake of an earlier one"),
            SeccompProfile = settings.OptionalFile("runtime.seccomp_profile", "the system call filter that RuntimeDefault means, such as /usr/share/containers/seccomp.json; \"\" is the built-in one"),
        };
    }

    private long? ReadLogSizeLimit()
    {
        var limit = settings.Limit("runtime.log_size_max", "the most bytes in a container's log: at the limit it begins anew, and what was in it is gone; for nodes whose kubelet does not rotate logs; 0 is no limit");
        if (limit < ContainerLaunch.SmallestLogLimit)
            settings.Fail("runtime.log_size_max", $"want at least {ContainerLaunch.SmallestLogLimit}, one line may have 16384 bytes; or 0");
        return limit;
    }

    private List<RuntimeHandlerOptions> ReadHandlers(string run)
    {
        var configured = settings.Tables("runtime.handlers");
        foreach (var name in configured.Where(name => !HandlerName().IsMatch(name)))
            settings.Fail($"runtime.handlers.{TomlWriter.Key(name)}", "a handler's name has at most 63 lower-case letters, digits and '-', as a RuntimeClass has");

        // A built-in runtime that is neither installed nor mentioned is simply not there.
        var names = BuiltInHandlers.Where(name => configured.Contains(name) || findProgram(name) is not null).Concat(configured).Distinct();
        return [.. names.Select(name => ReadHandler($"runtime.handlers.{TomlWriter.Key(name)}", name, run))];
    }

    private RuntimeHandlerOptions ReadHandler(string path, string name, string run)
    {
        var program = settings.Directory($"{path}.program", findProgram(name) ?? $"/usr/bin/{name}", "the OCI runtime's program");
        var options = new RuntimeHandlerOptions(name, program, settings.Directory($"{path}.root", $"{run}/{name}", "the OCI runtime's own state"))
        {
            Arguments = settings.Texts($"{path}.arguments", [], "flags for the program that stand before its verb, such as \"--debug\""),
            PrivilegedWithoutHostDevices = settings.Flag($"{path}.privileged_without_host_devices", "privileged containers get only the devices that they ask for, for runtimes that start virtual machines"),
            CreateTimeout = settings.Duration($"{path}.create_timeout", TimeSpan.FromMinutes(2), "how long the program may take to make a container; the kubelet waits for 4m"),
        };
        if (options.CreateTimeout == TimeSpan.Zero)
            settings.Fail($"{path}.create_timeout", "want more than nothing");
        return options;
    }

    private NetworkOptions ReadNetwork(string state) => new()
    {
        ConfigurationDirectory = settings.Directory("network.conf_dir", "/etc/cni/net.d", "the first CNI configuration in this directory, by name, is the pods' network"),
        PluginDirectories = settings.Directories("network.plugin_dirs", ["/opt/cni/bin", "/usr/lib/cni", "/usr/libexec/cni"], "where CNI plugins are looked for, in order"),
        CacheDirectory = settings.Directory("network.cache_dir", $"{state}/cni", "results of CNI attachments; never another runtime's directory"),
    };

    private ImagesOptions ReadImages() => new()
    {
        InsecureRegistries = settings.Texts("images.insecure_registries", [], "registries, as host or host:port, whose certificate is not checked and that may speak plain HTTP; as insecure = true in registries.conf"),
        ConfigurationDirectories = settings.Directories("images.config_dirs", ["/etc/ocid", "/etc/containers"], "where registries.conf(.d), policy.json, registries.d, certs.d and auth.json are looked for; each is taken from the first that has it"),
        SignaturePolicyDirectory = settings.Directory("images.signature_policy_dir", "/etc/ocid/policies", "signature policies of Kubernetes namespaces, as NAMESPACE.json; a namespace without one has the node's policy.json"),
        Pinned = ReadPinned(),
        CollectForeign = settings.Flag("images.gc_foreign_images", "the kubelet may also remove images that podman and its like brought or have containers of; without it, such images are pinned"),
        PullProgressTimeout = settings.Duration("images.pull_progress_timeout", TimeSpan.FromSeconds(60), "a connection that brings nothing for so long is broken off and another one goes on where it stopped; a few bytes now and then are nothing; 0 waits for ever"),
        AuthFile = settings.OptionalFile("images.auth_file", "credentials for registries, an auth.json that is read before those of config_dirs; \"\" for none"),
    };

    private List<ImageNamePattern> ReadPinned()
    {
        var patterns = new List<ImageNamePattern>();
        foreach (var text in settings.Texts("images.pinned_images", [], "images that the kubelet must not remove when the disk is full: a name, without tag or digest for each of them, a beginning with \"*\" after it, or \"*word*\""))
        {
            try
            {
                patterns.Add(ImageNamePattern.Parse(text));
            }
            catch (OcidException wrong)
            {
                settings.Fail("images.pinned_images", wrong.Message);
            }
        }

        return patterns;
    }

    private StreamingOptions ReadStreaming()
    {
        var defaults = new StreamingOptions();
        var address = settings.Address("streaming.address", defaults.Endpoint, "address:port at which exec, attach and port-forward are served, from the first use on; port 0 is any free one", anyPort: true);
        if (address is null)
            settings.Fail("streaming.address", "want address:port");
        return defaults with
        {
            Endpoint = address ?? defaults.Endpoint,
            IdleTimeout = settings.Duration("streaming.idle_timeout", defaults.IdleTimeout, "a connection over which nothing passes for so long is closed; 0 never closes one"),
            CreationTimeout = settings.Duration("streaming.creation_timeout", defaults.CreationTimeout, "how long a client may take to open the streams that it asked for"),
            Tls = ReadTls(),
        };
    }

    private StreamingTls? ReadTls()
    {
        var certificate = settings.OptionalFile("streaming.tls_cert_file", "certificate with its chain, PEM; \"\" serves plain HTTP; a file that is replaced is in force at once");
        var key = settings.OptionalFile("streaming.tls_key_file", "the certificate's private key, PEM");
        var authorities = settings.OptionalFile("streaming.tls_client_ca_file", "authorities, PEM, of which one must have signed a client's certificate; \"\" asks for none");
        if (certificate is not null && key is not null)
            return new StreamingTls(certificate, key, authorities);
        if (certificate is not null || key is not null || authorities is not null)
            settings.Fail(certificate is null ? "streaming.tls_cert_file" : "streaming.tls_key_file", "TLS needs a certificate and its key");
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex HandlerName();
}
