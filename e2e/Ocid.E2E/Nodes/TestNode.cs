using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Machine;
using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>
/// A node on this machine: <c>ocid monitor</c> and <c>ocid serve</c> with folders, bridge, subnet and cgroup of their own.
/// <see cref="StopAsync"/>, the end of every test, removes its pods and programs and throws when anything is left.
/// </summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly TestNodeOptions options;
    private readonly MachineState before;
    private IReadOnlySet<string>? filesBeforePods;
    private readonly List<Func<Task>> takingBack = [];
    private bool stopped;

    private TestNode(TestNodeOptions options, MachineState before, NodeFolders folders)
    {
        this.options = options;
        this.before = before;
        Folders = folders;
        Network = new NodeNetwork(folders.Suffix, folders.Addresses);
        Cri = new CriConnection(folders.Socket);
    }

    public NodeFolders Folders { get; }

    public NodeNetwork Network { get; }

    public CriConnection Cri { get; private set; }

    public RuntimeService.RuntimeServiceClient Runtime => Cri.Runtime;

    public ImageService.ImageServiceClient Images => Cri.Images;

    /// <summary>The daemon that was started last.</summary>
    public OcidProcess Daemon { get; private set; } = null!;

    /// <summary>The monitor that was started last by <see cref="StartMonitorAsync"/>; the daemon may have replaced it.</summary>
    public OcidProcess Monitor { get; private set; } = null!;

    /// <summary>CPU that the daemon had used when it first answered Version.</summary>
    public TimeSpan CpuTimeToFirstAnswer { get; private set; }

    /// <summary>The cgroup that the node's pods are put below, as a kubelet would have one.</summary>
    public string Cgroup => $"/ocid-e2e-{Folders.Suffix}";

    /// <summary>Starts monitor and daemon and waits until the daemon answers.</summary>
    public static async Task<TestNode> StartAsync(TestNodeOptions? options = null)
    {
        var node = await PrepareAsync(options);
        try
        {
            await node.StartMonitorAsync();
            await node.StartDaemonAsync();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{await node.AbandonAsync()}", failure);
        }
        return node;
    }

    /// <summary>Makes the folders and the configuration, and starts nothing.</summary>
    public static async Task<TestNode> PrepareAsync(TestNodeOptions? options = null)
    {
        options ??= new TestNodeOptions();
        var node = new TestNode(options, await MachineState.CaptureAsync(), NodeFolders.Create());
        await File.WriteAllTextAsync(node.Folders.Configuration, NodeConfiguration.Write(node.Folders, options));
        if (options.NetworkConfigured)
            await node.ConfigureNetworkAsync();
        return node;
    }

    /// <summary>Writes the node's conflist, which the daemon finds by itself.</summary>
    public Task ConfigureNetworkAsync() =>
        File.WriteAllTextAsync(Path.Combine(Folders.NetworkConfiguration, "10-ocid.conflist"), Network.Configuration(options.PortMappings));

    public async Task StartMonitorAsync()
    {
        Monitor = Start("monitor", "monitor", "--socket", Folders.MonitorSocket);
        await WaitForSocketAsync(Monitor, Folders.MonitorSocket);
    }

    /// <summary>Starts the daemon and waits until it answers and, where there is a network configuration, is ready.</summary>
    /// <param name="program">Another version of it than the tested one.</param>
    public async Task StartDaemonAsync(string? program = null)
    {
        Daemon = OcidProcess.Start(program ?? OcidProgram.Path!, Path.Combine(Folders.Output, "serve"), "serve", "--config", Folders.Configuration);
        await WaitForSocketAsync(Daemon, Folders.Socket);
        await Eventually.GetAsync(
            "the daemon answers",
            async () => await AnswersAsync() || (Daemon.HasExited ? throw Exited(Daemon) : false),
            answer => answer);
        CpuTimeToFirstAnswer = Daemon.CpuTime;
        if (options.NetworkConfigured)
            await WaitUntilReadyAsync();
        filesBeforePods ??= Folders.PodFiles();
    }

    public Task<StatusResponse> WaitUntilReadyAsync() => Eventually.GetAsync(
        "the node is ready",
        async () => await Runtime.StatusAsync(new StatusRequest()),
        answer => answer.Status.Conditions.Count > 0 && answer.Status.Conditions.All(condition => condition.Status));

    /// <summary>kill -9, and a new connection for the daemon that comes next.</summary>
    public async Task KillDaemonAsync()
    {
        await Daemon.KillAsync();
        Cri.Dispose();
        Cri = new CriConnection(Folders.Socket);
    }

    /// <summary>Runs a CLI verb against this node and returns what it printed.</summary>
    public async Task<string> OcidAsync(params string[] arguments)
    {
        var result = await TryOcidAsync(arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"ocid {string.Join(' ', arguments)}: exit status {result.ExitCode}: {result.Error.Trim()}");
    }

    public Task<ToolResult> TryOcidAsync(params string[] arguments) =>
        Tool.TryRunAsync(null, OcidProgram.Path!, ["--config", Folders.Configuration, .. arguments]);

    /// <summary>Removes the pods through CRI, as the kubelet does.</summary>
    public async Task RemovePodsAsync()
    {
        var pods = await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest());
        foreach (var pod in pods.Items)
        {
            await Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id });
            await Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id });
        }
    }

    /// <summary>What a test has to take back once pods and programs are gone, before the machine is compared.</summary>
    public void AtStop(Func<Task> takeBack) => takingBack.Add(takeBack);

    /// <summary>The processes, mounts (pinned namespaces among them), links, rules, cgroups and files that the machine has because of this node.</summary>
    public async Task<IReadOnlyList<string>> EntriesAsync() =>
        [.. (await MachineState.CaptureAsync()).NewSince(before).Where(IsOurs), .. Folders.PodFiles().Where(file => !NodeConfiguration.MayStay(file))];

    /// <summary>For tests whose peers write into the node's folders: files are not compared.</summary>
    public void ForgetFiles() => filesBeforePods = null;

    /// <summary>Removes the pods, stops daemon and monitor, and throws <see cref="LeftoversException"/> when anything is left.</summary>
    public async Task StopAsync()
    {
        if (stopped)
            return;
        try
        {
            if (Daemon is null)
                return;
            await RemovePodsAsync();
            var leftovers = FilesLeftByPods().ToList();
            await Daemon.StopAsync();
            await StopMonitorsAsync();
            leftovers.AddRange(Network.AttachedLinks().Select(link => $"link {link} on {Network.Bridge}"));
            leftovers.AddRange(Network.ReservedAddresses().Select(address => $"address {address}"));
            await Network.RemoveBridgeAsync();
            NodeCgroup.Remove(Cgroup, leftovers);
            foreach (var takeBack in takingBack)
                await takeBack();
            leftovers.AddRange(await LeftOnTheMachineAsync());
            if (leftovers.Count > 0)
                throw new LeftoversException([.. leftovers, $"(the programs' output: {DaemonOutput()})"]);
        }
        finally
        {
            await AbandonAsync();
        }
    }

    /// <summary>Writes a drop-in of <c>ocid.toml</c>, asks the daemon to read it, and waits until it has said something of it.</summary>
    public async Task ReloadAsync(string dropIn, string said)
    {
        Directory.CreateDirectory(Folders.Configuration + ".d");
        await File.WriteAllTextAsync(Folders.Configuration + ".d/50-test.toml", dropIn);
        await Tool.RunAsync("kill", "-HUP", $"{Daemon.Id}");
        await Eventually.IsTrueAsync($"the daemon says '{said}'", () => File.ReadAllText(Daemon.Output).Contains(said, StringComparison.Ordinal));
    }

    /// <summary>What daemon and monitor wrote so far: the last lines of each.</summary>
    public string DaemonOutput() => string.Concat(
        from file in Directory.Exists(Folders.Output) ? Directory.GetFiles(Folders.Output).Order() : Enumerable.Empty<string>()
        select $"\n--- {Path.GetFileName(file)}\n{string.Join('\n', File.ReadLines(file).TakeLast(40))}");

    /// <summary>After a failure: takes away what is left, keeps what the programs said, and throws nothing that would hide the failure.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopped)
            return;
        var output = await AbandonAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "failed-nodes"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{Folders.Suffix}.log"), output);
    }

    private OcidProcess Start(string output, params string[] arguments) => OcidProcess.Start(OcidProgram.Path!, Path.Combine(Folders.Output, output), arguments);

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await Runtime.VersionAsync(new VersionRequest(), deadline: DateTime.UtcNow.AddSeconds(5));
            return true;
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal)
        {
            return false;
        }
    }

    private static Task WaitForSocketAsync(OcidProcess process, string socket) => Eventually.IsTrueAsync(
        $"{socket} is there", () => process.HasExited ? throw Exited(process) : File.Exists(socket));

    private static InvalidOperationException Exited(OcidProcess process) =>
        new($"ocid ended with status {process.ExitCode}: {File.ReadAllText(process.Output).Trim()}");

    /// <summary>The monitor that was started here, or the ones that took its place.</summary>
    private async Task StopMonitorsAsync()
    {
        if (Monitor is not null)
            await Monitor.StopAsync();
        foreach (var id in Processes.Naming(Folders.Root))
            await Tool.TryRunAsync(null, "kill", "-TERM", $"{id}");
        await Eventually.IsTrueAsync("every monitor stopped", () => Processes.Naming(Folders.Root).Count == 0, TimeSpan.FromSeconds(30));
    }

    private IEnumerable<string> FilesLeftByPods() =>
        from file in (filesBeforePods is null ? Enumerable.Empty<string>() : Folders.PodFiles().Except(filesBeforePods)).Order()
        where !NodeConfiguration.MayStay(file)
        select $"file {Path.Combine(Folders.Root, file)}";

    /// <summary>The kernel takes links and namespaces away a moment after the last user went.</summary>
    private async Task<IReadOnlyList<string>> LeftOnTheMachineAsync()
    {
        var shared = Environment.GetEnvironmentVariable("OCID_SHARED_MACHINE") == "1";
        IReadOnlyList<string> left = [];
        for (var attempt = 0; attempt < 30; attempt++)
        {
            left = [.. (await MachineState.CaptureAsync()).NewSince(before).Where(entry => !shared || IsOurs(entry))];
            if (left.Count == 0)
                break;
            await Task.Delay(100);
        }
        return left;
    }

    private bool IsOurs(string entry) =>
        entry.Contains(Folders.Suffix, StringComparison.Ordinal) || entry.Contains(Network.Subnet + ".", StringComparison.Ordinal);

    /// <summary>Takes away by force what is left, so that one failed test does not fail the next, and returns the programs' output.</summary>
    private async Task<string> AbandonAsync()
    {
        if (stopped)
            return "";
        stopped = true;
        var output = DaemonOutput();
        Cri.Dispose();
        // The daemon first: it would start another monitor for one that it loses.
        if (Daemon is not null)
            await Daemon.KillAsync();
        foreach (var id in Processes.Naming(Folders.Root).Concat(Processes.Naming(Cgroup)).Distinct())
            await Tool.TryRunAsync(null, "kill", "-KILL", $"{id}");
        await NodeMounts.DetachAsync(Folders.Root);
        await Network.RemoveBridgeAsync();
        await Network.RemoveRulesAsync();
        NodeCgroup.Remove(Cgroup, []);
        Daemon?.Dispose();
        Monitor?.Dispose();
        if (Environment.GetEnvironmentVariable("OCID_KEEP") != "1")
            Directory.Delete(Folders.Root, recursive: true);
        return output;
    }
}
