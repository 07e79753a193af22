using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Networking.Tests;

/// <summary>
/// A node in a namespace: the plugins run in a network namespace that plays the host, through wrappers, so that no interface and no
/// packet filter rule touches the machine.
/// </summary>
internal sealed class NodeFixture
{
    private readonly List<PodNetwork> _opened = [];

    public NodeFixture()
    {
        Path = Directory.CreateTempSubdirectory("ocid-cni-").FullName;
        Directory.CreateDirectory(ConfigurationDirectory);
        Directory.CreateDirectory(PluginDirectory);
        Options = new PodNetworkOptions
        {
            ConfigurationDirectory = ConfigurationDirectory,
            PluginDirectories = [System.IO.Path.Combine(Path, "absent"), PluginDirectory],
            CacheDirectory = System.IO.Path.Combine(Path, "results"),
            HeldNamespaceDirectory = System.IO.Path.Combine(Path, "held"),
            PluginTimeout = TimeSpan.FromSeconds(60),
            FirstRetryDelay = TimeSpan.FromMilliseconds(50),
        };
    }

    public string Path { get; }

    public PodNetworkOptions Options { get; set; }

    public PinnedNamespaces? Host { get; private set; }

    public string ConfigurationDirectory => System.IO.Path.Combine(Path, "net.d");

    public string PluginDirectory => System.IO.Path.Combine(Path, "bin");

    public async Task<PodNetwork> OpenAsync()
    {
        var network = await PodNetwork.OpenAsync(Options, NullLoggerFactory.Instance, TimeProvider.System, default);
        _opened.Add(network);
        return network;
    }

    public async Task MakeHostAsync()
    {
        Host = await NamespacesAsync("host");
        foreach (var plugin in (string[])["bridge", "host-local", "portmap", "bandwidth", "tuning", "loopback", "firewall"])
            Script(plugin, $"exec nsenter --net={Host.NetworkPath} /usr/lib/cni/{plugin}");
    }

    public Task<PinnedNamespaces> NamespacesAsync(string name) =>
        PodNamespaces.CreateAsync(new PodNamespaceRequest { Directory = System.IO.Path.Combine(Path, "ns-" + name), Ipc = false, Uts = false }, default);

    public void Script(string plugin, string body)
    {
        var path = System.IO.Path.Combine(PluginDirectory, plugin);
        File.WriteAllText(path + ".new", "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>A plugin that keeps what it was told in <c>log</c> and answers ADD with one address.</summary>
    public void Recorder(string plugin, string onAdd = "", string onDel = "") => Script(plugin, $$"""
        input=$(cat)
        echo "{{plugin}} $CNI_COMMAND $CNI_NETNS" >> {{Path}}/log
        echo "$input" > {{Path}}/{{plugin}}.$CNI_COMMAND.json
        env | grep ^CNI_ > {{Path}}/{{plugin}}.$CNI_COMMAND.env
        case $CNI_COMMAND in
        ADD) {{(onAdd.Length > 0 ? onAdd : "echo '{\"cniVersion\":\"1.0.0\",\"ips\":[{\"address\":\"10.1.2.3/24\"}]}'")}} ;;
        DEL) {{(onDel.Length > 0 ? onDel : ":")}} ;;
        esac
        """);

    public string[] Log() => File.Exists(System.IO.Path.Combine(Path, "log")) ? File.ReadAllLines(System.IO.Path.Combine(Path, "log")) : [];

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public void Configure(string file, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, "new"), content);
        File.Move(System.IO.Path.Combine(Path, "new"), System.IO.Path.Combine(ConfigurationDirectory, file), overwrite: true);
    }

    public static PodNetworkRequest Request(string netns) => new()
    {
        Id = PodSandboxId.New(),
        Namespace = "default",
        Name = "web",
        Uid = "0e1f",
        NetworkNamespacePath = netns,
    };

    public static async Task UntilAsync(Func<bool> condition, string because)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            limit.IsCancellationRequested.Should().BeFalse(because);
            await Task.Delay(20);
        }
    }

    public async Task CloseAsync()
    {
        foreach (var network in _opened)
            await network.DisposeAsync();
        foreach (var directory in Directory.GetDirectories(Path, "ns-*"))
            PodNamespaces.Remove(directory);
        foreach (var pin in Directory.Exists(Options.HeldNamespaceDirectory) ? Directory.GetFiles(Options.HeldNamespaceDirectory) : [])
            NamespacePins.Remove(pin);
        Directory.Delete(Path, recursive: true);
    }
}
