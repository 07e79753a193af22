using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ocid.Daemon.Commands;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Streaming;

namespace Ocid.Daemon.Tests.Commands;

public sealed class PodVerbTests : IAsyncLifetime, IDisposable
{
    private const string Manifest = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec:
          volumes: [{name: data, emptyDir: {}}]
          initContainers: [{name: prepare, image: busybox, command: [exit, "0"]}]
          containers:
          - {name: app, image: busybox, volumeMounts: [{name: data, mountPath: /data}]}
          - {name: side, image: sidecar}
        """;

    private readonly TemporaryDirectory _directory = new();
    private FakeNode _node = null!;

    public async Task InitializeAsync()
    {
        _directory.Write("ocid.toml", $"state_dir = '{_directory.At("state")}'\nrun_dir = '{_directory.At("")}'");
        _node = await FakeNode.StartAsync(_directory.At("ocid.sock"));
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_pulls_prepares_and_starts_and_prints_the_ids()
    {
        var (code, output, error) = await OcidAsync("run", _directory.Write("pod.yaml", Manifest));

        code.Should().Be(0, error);
        error.Split('\n').Should().ContainInOrder("pulling busybox", "pulling sidecar", "starting pod shop/web", "running init container prepare", "starting container app", "starting container side");
        var pod = _node.Node.Pods.Values.Should().ContainSingle().Subject;
        output.Split('\n')[0].Should().Be($"pod web {pod.Id}");
        output.Split('\n')[1].Should().StartWith("container app 00");
        Directory.Exists(_directory.At($"state/run/{pod.Metadata.Uid}/volumes/data")).Should().BeTrue();
    }

    [Fact]
    public async Task A_failed_init_container_takes_the_pod_back_and_says_why()
    {
        var (code, output, error) = await OcidAsync("run", _directory.Write("pod.yaml", Manifest.Replace("\"0\"", "\"3\"")));

        code.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().EndWith("ocid: init container prepare exited with 3 (Error): oh no\n");
        _node.Node.Pods.Should().BeEmpty();
        Directory.GetFileSystemEntries(_directory.At("state/run")).Should().BeEmpty();
    }

    [Fact]
    public async Task An_image_that_is_not_there_fails_before_anything_is_made()
    {
        var (code, _, error) = await OcidAsync("run", _directory.Write("pod.yaml", Manifest.Replace("sidecar", "absent")));

        code.Should().Be(1);
        error.Should().EndWith("ocid: manifest of absent: not found\n");
        _node.Node.Pods.Should().BeEmpty();
    }

    [Fact]
    public async Task Pods_and_containers_are_listed_for_people_and_for_programs()
    {
        await OcidAsync("run", _directory.Write("pod.yaml", Manifest));

        (await OcidAsync("pods")).Output.Should().MatchRegex(@"^POD ID +NAME +NAMESPACE +STATE +CREATED +CONTAINERS +RUNTIME\n0001d{8} +web +shop +Ready +(just now|\d seconds? ago) +3 +\(default\)\n$");
        (await OcidAsync("ps")).Output.Split('\n').Should().HaveCount(4, "the init container has ended").And.Contain(line => line.Contains("app ") && line.EndsWith("shop/web"));
        (await OcidAsync("ps", "-a")).Output.Should().Contain("prepare").And.Contain("Exited");
        JsonDocument.Parse((await OcidAsync("pods", "-o", "json")).Output).RootElement[0].GetProperty("namespace").GetString().Should().Be("shop");
        JsonDocument.Parse((await OcidAsync("ps", "-a", "--output", "json")).Output).RootElement.GetArrayLength().Should().Be(3);
    }

    [Fact]
    public async Task Stop_gives_grace_and_rm_leaves_nothing()
    {
        await OcidAsync("run", _directory.Write("pod.yaml", Manifest));

        (await OcidAsync("rm", "web")).Error.Should().Be("ocid: pod web is running: stop it first, or use --force\n");
        (await OcidAsync("stop", "--timeout", "3", "shop/web")).Code.Should().Be(0);
        _node.Node.Stopped.Should().BeEquivalentTo("app 3", "side 3");
        (await OcidAsync("rm", "web")).Code.Should().Be(0);
        _node.Node.Pods.Should().BeEmpty();
        Directory.GetFileSystemEntries(_directory.At("state/run")).Should().BeEmpty();
    }

    [Fact]
    public async Task Names_must_be_there_and_mean_one_thing()
    {
        var manifest = _directory.Write("pod.yaml", Manifest);
        await OcidAsync("run", manifest);
        await OcidAsync("run", manifest);

        (await OcidAsync("stop", "none")).Error.Should().Be("ocid: no pod or container \"none\"\n");
        (await OcidAsync("stop", "web")).Error.Should().MatchRegex("^ocid: 2 pods match \"web\": .*; name one by its id\n$");
        (await OcidAsync("logs", "0001")).Error.Should().Be("ocid: pod web has several containers: choose one of app, prepare, side with -c\n");
    }

    [Fact]
    public async Task Exec_passes_the_commands_status_on()
    {
        await OcidAsync("run", _directory.Write("pod.yaml", Manifest));

        (await OcidAsync("exec", "web/app", "--", "sh", "-c", "exit 42")).Code.Should().Be(42);
        (await OcidAsync("exec", "web", "-c", "app", "true")).Code.Should().Be(42);
        (await OcidAsync("exec", "--sync", "web/app", "true")).Code.Should().Be(42);
        (await OcidAsync("exec", "web/app", "missing")).Should().Be((127, "", "ocid: error executing command in container: exec: \"missing\": executable file not found in $PATH\n"));
        (await OcidAsync("exec", "--timeout", "5", "web/app", "missing")).Should().Be((127, "", "ocid: exec: \"missing\": executable file not found in $PATH\n"));
        (await OcidAsync("exec", "-i", "--sync", "web/app", "true")).Error.Should().Contain("-i and -t go neither with");
    }

    [Fact]
    public async Task Attach_ends_with_the_container()
    {
        await OcidAsync("run", _directory.Write("pod.yaml", Manifest));

        (await OcidAsync("attach", "web", "-c", "app")).Should().Be((0, "", ""));
    }

    [Fact]
    public async Task Port_forward_relays_connections_until_it_is_ended()
    {
        await OcidAsync("run", _directory.Write("pod.yaml", Manifest));
        using var pod = new TcpListener(IPAddress.Loopback, 0);
        pod.Start();
        using var client = new CriClient("unix://" + _directory.At("ocid.sock"));
        var output = new StringWriter { NewLine = "\n" };
        using var stop = new CancellationTokenSource();
        var mapping = new PortMapping(0, ((IPEndPoint)pod.LocalEndpoint).Port);
        var forwarding = new PortForwarder(client, _node.Node.Pods.Keys.Single(), new ServerTrust(null, null, null), new Terminal(output, output, IsInteractive: false))
            .RunAsync([IPAddress.Loopback], [mapping], stop.Token);
        var said = output.ToString();
        said.Should().StartWith("forwarding from 127.0.0.1:").And.EndWith($" -> {mapping.Remote}\n");

        using (var local = new TcpClient())
        {
            await local.ConnectAsync(IPEndPoint.Parse(said.Split(' ')[2]));
            using var accepted = await pod.AcceptTcpClientAsync();
            // Taken before the shutdown: TcpClient gives out no stream once its socket counts as not connected.
            var stream = local.GetStream();
            await stream.WriteAsync("hello"u8.ToArray());
            local.Client.Shutdown(SocketShutdown.Send);
            using (var up = new StreamReader(accepted.GetStream(), leaveOpen: true))
                (await up.ReadToEndAsync()).Should().Be("hello");
            await accepted.GetStream().WriteAsync("world"u8.ToArray());
            accepted.Close();
            using var down = new StreamReader(stream);
            (await down.ReadToEndAsync()).Should().Be("world");
        }

        await stop.CancelAsync();
        await FluentActions.Awaiting(() => forwarding.WaitAsync(TimeSpan.FromSeconds(60))).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Status_says_what_is_missing_and_exits_1()
    {
        var (code, output, _) = await OcidAsync("status");

        code.Should().Be(1);
        output.Should().Be("""
            fake 1.2.3, CRI v1
            RuntimeReady   yes
            NetworkReady   no (NetworkPluginNotReady: no CNI configuration in /etc/cni/net.d)
            Handlers       (default), runc

            """);
    }

    private async Task<(int Code, string Output, string Error)> OcidAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OcidCommandLine.RunAsync(["--config", _directory.At("ocid.toml"), .. arguments], new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
