using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Networking.Tests;

public sealed class PodNetworkTests : IAsyncLifetime
{
    private const string Chain =
        """
        { "cniVersion": "1.0.0", "name": "net", "plugins": [
          { "type": "one", "capabilities": { "portMappings": true, "bandwidth": true, "dns": false } },
          { "type": "two", "capabilities": { "dns": true }, "own": [1, 2] } ] }
        """;

    private readonly NodeFixture _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.CloseAsync();

    [Fact]
    public async Task The_chain_gets_results_forward_at_ADD_and_the_last_one_backward_at_DEL()
    {
        var network = await ChainAsync();
        var request = NodeFixture.Request("/dev/null");
        var attachment = await network.AttachAsync(request, default);
        attachment.Addresses.Should().ContainSingle().Which.ToString().Should().Be("10.1.2.3");
        Json("one.ADD.json").TryGetProperty("prevResult", out _).Should().BeFalse();
        Json("two.ADD.json").GetProperty("prevResult").GetProperty("ips")[0].GetProperty("address").GetString().Should().Be("10.1.2.3/24");
        Json("two.ADD.json").GetProperty("own").GetArrayLength().Should().Be(2);
        (await network.DetachAsync(request.Id, "/dev/null", default)).Should().Be(DetachOutcome.Detached);
        _node.Log().Should().Equal("one ADD /dev/null", "two ADD /dev/null", "two DEL /dev/null", "one DEL /dev/null");
        Json("one.DEL.json").GetProperty("prevResult").GetProperty("ips").GetArrayLength().Should().Be(1);
        network.Attachments.Should().BeEmpty();
        Directory.GetFiles(_node.Options.CacheDirectory).Should().BeEmpty();
    }

    [Fact]
    public async Task Plugins_get_the_arguments_of_the_pod_and_only_the_capabilities_they_declare()
    {
        var network = await ChainAsync();
        var request = NodeFixture.Request("/dev/null") with
        {
            PortMappings = [new PortMapping { HostPort = 8080, ContainerPort = 80 }, new PortMapping { HostPort = 0, ContainerPort = 81 }],
            Bandwidth = PodBandwidth.FromAnnotations(new Dictionary<string, string> { ["kubernetes.io/egress-bandwidth"] = "10M" }),
            Dns = new PodDns { Servers = ["10.0.0.10"] },
            Mac = "02:00:00:00:00:01",
        };
        await network.AttachAsync(request, default);
        _node.Read("one.ADD.env").Should()
            .Contain($"CNI_ARGS=IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web;K8S_POD_INFRA_CONTAINER_ID={request.Id};K8S_POD_UID=0e1f\n")
            .And.Contain("CNI_IFNAME=eth0\n").And.Contain($"CNI_CONTAINERID={request.Id}\n")
            .And.Contain($"CNI_PATH={string.Join(':', _node.Options.PluginDirectories)}\n");
        Json("one.ADD.json").GetProperty("runtimeConfig").GetRawText().Should()
            .Be("""{"portMappings":[{"hostPort":8080,"containerPort":80,"protocol":"tcp"}],"bandwidth":{"egressRate":10000000,"egressBurst":2147483647}}""");
        Json("two.ADD.json").GetProperty("runtimeConfig").EnumerateObject().Should().ContainSingle().Which.Name.Should().Be("dns");
        await network.DetachAsync(request.Id, null, default);
        Json("one.DEL.json").GetProperty("runtimeConfig").GetProperty("portMappings").GetArrayLength().Should().Be(1);
        _node.Log().Should().EndWith("one DEL "); // without a namespace path
    }

    [Fact]
    public async Task A_repeated_attach_gets_the_first_result()
    {
        var network = await ChainAsync();
        var request = NodeFixture.Request("/dev/null");
        await Task.WhenAll(network.AttachAsync(request, default), network.AttachAsync(request, default));
        _node.Log().Should().HaveCount(2);
    }

    [Fact]
    public async Task A_failing_ADD_names_plugin_and_message_and_is_undone()
    {
        var network = await ChainAsync();
        _node.Recorder("two", onAdd: """echo '{"code":11,"msg":"no lease","details":"pool empty"}'; exit 1""");
        var failure = await FluentActions.Awaiting(() => network.AttachAsync(NodeFixture.Request("/dev/null"), default)).Should().ThrowAsync<OcidException>();
        failure.WithMessage("plugin two ADD: no lease: pool empty (code 11)").Which.Kind.Should().Be(ErrorKind.Unavailable);
        _node.Log().Should().Equal("one ADD /dev/null", "two ADD /dev/null", "two DEL /dev/null", "one DEL /dev/null");
        network.Attachments.Should().BeEmpty();
    }

    [Theory]
    [InlineData("echo rubbish", "plugin two ADD: its result is not a JSON object: \"rubbish*")]
    [InlineData("echo boom >&2; exit 3", "plugin two ADD: exit code 3: \"boom\"")]
    [InlineData(":", "plugin two ADD: its result is not a JSON object*")]
    public async Task Whatever_a_plugin_does_is_told_in_one_line(string onAdd, string message)
    {
        var network = await ChainAsync();
        _node.Recorder("two", onAdd);
        await FluentActions.Awaiting(() => network.AttachAsync(NodeFixture.Request("/dev/null"), default)).Should().ThrowAsync<OcidException>().WithMessage(message);
        network.Attachments.Should().BeEmpty();
    }

    [Fact]
    public async Task A_plugin_that_does_not_end_is_cut_and_named()
    {
        _node.Options = _node.Options with { PluginTimeout = TimeSpan.FromSeconds(2.5) };
        var network = await ChainAsync();
        _node.Recorder("two", "sleep 30");
        await FluentActions.Awaiting(() => network.AttachAsync(NodeFixture.Request("/dev/null"), default)).Should().ThrowAsync<OcidException>().WithMessage("plugin two ADD: not done after 2.5 s");
        network.Attachments.Should().BeEmpty();
    }

    [Fact]
    public async Task A_failed_DEL_is_tried_again_until_it_succeeds()
    {
        var network = await ChainAsync();
        var request = NodeFixture.Request("/dev/null");
        await network.AttachAsync(request, default);
        _node.Recorder("two", onDel: "exit 1");
        (await network.DetachAsync(request.Id, null, default)).Should().Be(DetachOutcome.Deferred);
        network.Attachments.Should().ContainSingle().Which.Detaching.Should().BeTrue();
        await NodeFixture.UntilAsync(() => _node.Log().Count(line => line.StartsWith("two DEL", StringComparison.Ordinal)) >= 3, "it is tried again");
        _node.Recorder("two");
        await NodeFixture.UntilAsync(() => network.Attachments.Count == 0, "it succeeds in the end");
    }

    [Fact]
    public async Task What_is_due_goes_on_after_a_restart_with_the_configuration_of_ADD()
    {
        var network = await ChainAsync();
        var due = NodeFixture.Request("/dev/null");
        var attached = NodeFixture.Request("/dev/null");
        await network.AttachAsync(due, default);
        await network.AttachAsync(attached, default);
        _node.Recorder("one", onDel: "exit 1");
        await network.DetachAsync(due.Id, null, default);
        await network.DisposeAsync();

        _node.Configure("10.conflist", """{ "cniVersion": "1.0.0", "name": "other", "plugins": [{ "type": "three" }] }""");
        _node.Recorder("one");
        var next = await _node.OpenAsync();
        await NodeFixture.UntilAsync(() => next.Attachments.Count == 1, "the DEL that was due is done");
        next.Find(attached.Id)!.Addresses.Should().ContainSingle();
        (await next.DetachAsync(attached.Id, "/gone", default)).Should().Be(DetachOutcome.Detached);
        _node.Log().Should().EndWith("one DEL ");
        Json("one.DEL.json").GetProperty("name").GetString().Should().Be("net");
    }

    [Fact]
    public async Task Detaching_what_was_never_attached_is_fine()
    {
        var network = await ChainAsync();
        (await network.DetachAsync(PodSandboxId.New(), "/gone", default)).Should().Be(DetachOutcome.Detached);
        _node.Log().Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_ADD_is_undone()
    {
        var network = await ChainAsync();
        _node.Recorder("two", onAdd: "sleep 30");
        using var cancel = new CancellationTokenSource();
        var attach = network.AttachAsync(NodeFixture.Request("/dev/null"), cancel.Token);
        await NodeFixture.UntilAsync(() => _node.Log().Length == 2, "the second plugin runs");
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => attach).Should().ThrowAsync<OperationCanceledException>();
        _node.Log().Should().EndWith("one DEL /dev/null");
        network.Attachments.Should().BeEmpty();
    }

    [Fact]
    public async Task Different_pods_do_not_wait_for_each_other()
    {
        var network = await ChainAsync();
        // Each waits in the plugin until all eight are there.
        _node.Recorder("two", onAdd: $"until [ $(grep -c 'two ADD' {_node.Path}/log) -ge 8 ]; do sleep 0.05; done; echo '{{\"cniVersion\":\"1.0.0\"}}'");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => network.AttachAsync(NodeFixture.Request("/dev/null"), default)));
        network.Attachments.Should().HaveCount(8);
    }

    [Fact]
    public async Task Readiness_follows_the_files_and_says_why()
    {
        Directory.Delete(_node.ConfigurationDirectory);
        var network = await _node.OpenAsync();
        network.Ready.Should().BeFalse();
        network.NotReadyReason.Should().Be($"waiting for a network configuration in {_node.ConfigurationDirectory}");
        await FluentActions.Awaiting(() => network.AttachAsync(NodeFixture.Request("/dev/null"), default)).Should().ThrowAsync<OcidException>().WithMessage("network is not ready: *");

        Directory.CreateDirectory(_node.ConfigurationDirectory);
        _node.Configure("05.conf", "{ nonsense");
        await NodeFixture.UntilAsync(() => network.NotReadyReason!.Contains("05.conf: not JSON", StringComparison.Ordinal), "the bad file is named");
        _node.Configure("10.conflist", Chain);
        await NodeFixture.UntilAsync(() => network.NotReadyReason!.Contains("10.conflist: plugin \"one\" is not in", StringComparison.Ordinal), "the missing plugin is named");
        _node.Recorder("one");
        _node.Recorder("two");
        await NodeFixture.UntilAsync(() => network.Ready, "the plugins are there now");
        network.Readiness.Reason.Should().StartWith("network net from 10.conflist (passed over: 05.conf: not JSON");
        File.Delete(Path.Combine(_node.ConfigurationDirectory, "10.conflist"));
        await NodeFixture.UntilAsync(() => !network.Ready, "the file is gone");
    }

    [Fact]
    public async Task Status_is_asked_from_1_1_0_on_only()
    {
        _node.Script("one", """[ $CNI_COMMAND != STATUS ] || { echo '{"code":50,"msg":"agent not ready"}'; exit 1; }""");
        _node.Configure("10.conflist", """{ "cniVersion": "1.0.0", "name": "net", "plugins": [{ "type": "one" }] }""");
        var network = await _node.OpenAsync();
        (await network.CheckAsync(default)).Ready.Should().BeTrue();
        _node.Configure("10.conflist", """{ "cniVersions": ["1.0.0", "1.1.0"], "cniVersion": "1.0.0", "name": "net2", "plugins": [{ "type": "one" }] }""");
        await NodeFixture.UntilAsync(() => network.Readiness.Reason.Contains("net2", StringComparison.Ordinal), "the file is followed");
        (await network.CheckAsync(default)).Should().Be(new NetworkReadiness(false, "network net2: plugin one STATUS: agent not ready (code 50)"));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_does_not_keep_the_others_from_loading()
    {
        var network = await ChainAsync();
        var request = NodeFixture.Request("/dev/null");
        await network.AttachAsync(request, default);
        await network.DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(_node.Options.CacheDirectory, PodSandboxId.New().Value + ".json"), "{");
        (await _node.OpenAsync()).Attachments.Should().ContainSingle().Which.Id.Should().Be(request.Id);
    }

    private async Task<PodNetwork> ChainAsync()
    {
        _node.Recorder("one");
        _node.Recorder("two");
        _node.Recorder("three");
        _node.Configure("10.conflist", Chain);
        return await _node.OpenAsync();
    }

    private JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(_node.Read(name));
        return document.RootElement.Clone();
    }
}
