using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Restarts;

public sealed class ReloadTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task What_can_change_does_on_SIGHUP_what_cannot_is_named_and_what_is_wrong_changes_nothing()
    {
        await using var node = await StartNodeAsync();
        var writer = PodRequests.Script("writer", Busybox, "i=0; while :; do i=$((i+1)); echo line $i xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
        var (pod, _) = await RunAsync(node, PodRequests.Container("before", Busybox, "sleep", "1000"));

        await node.ReloadAsync("[runtime]\nlog_size_max = 30000\ndefault_runtime = \"crun\"\n[streaming]\nidle_timeout = \"1h\"", "a restart is needed for what changed in streaming.idle_timeout");
        node.DaemonOutput().Should().Contain("configuration read again; changed: runtime.default_runtime, runtime.log_size_max");
        await node.ReloadAsync("[runtime]\nlog_size_max = 1\n", "the configuration is wrong, what was in force stays: ");

        var id = await pod.StartAsync(writer);
        var log = pod.Log(writer).Path;
        var inode = await Tool.RunAsync("stat", "-c", "%i", log);
        await Eventually.IsTrueAsync("the log began anew", async () => new FileInfo(log).Length <= 30000 && await Tool.RunAsync("stat", "-c", "%i", log) != inode);
        await pod.StopAsync(id);
        new FileInfo(log).Length.Should().BeLessThanOrEqualTo(30000);

        // The pod keeps the runtime that it has; new ones get the new default.
        RuntimeOf(node, await pod.StartAsync(PodRequests.Container("after", Busybox, "sleep", "1000"))).Should().Be("runc");
        var other = await TestPod.RunAsync(node, "other");
        RuntimeOf(node, await other.StartAsync(PodRequests.Container("after", Busybox, "sleep", "1000"))).Should().Be("crun");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_registry_that_is_named_insecure_is_pulled_from_after_a_reload()
    {
        SkipUnlessTheMachineCan();
        await using var node = await TestNode.StartAsync();
        await FluentActions.Awaiting(() => node.PullAsync(Busybox)).Should().ThrowAsync<Grpc.Core.RpcException>();

        await node.ReloadAsync($"[images]\ninsecure_registries = [\"{Machine.Registry}\"]", "configuration read again; changed: images.insecure_registries");

        (await node.PullAsync(Busybox)).Should().NotBeEmpty();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Images_are_pinned_by_name_and_those_of_other_programs_given_free()
    {
        Skip.If(Tool.FirstMissing("skopeo") is not null, "needs skopeo");
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", $"docker://{Machine.Debian}", $"containers-storage:[overlay@{node.Folders.Storage}+{node.Folders.RunRoot}]{Machine.Debian}");
        (await PinnedAsync()).Should().Equal(Machine.Debian);

        await node.ReloadAsync("[images]\npinned_images = [\"*busybox\"]", "the configuration is wrong, what was in force stays: ");
        await node.ReloadAsync("[images]\npinned_images = [\"*/busy*\"]\ngc_foreign_images = true", "configuration read again; changed: images.pinned_images, images.gc_foreign_images");

        (await PinnedAsync()).Should().Equal(Busybox);
        (await node.Images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = Busybox } })).Image.Pinned.Should().BeTrue();
        await node.RemoveImageAsync(Busybox);
        await node.RemoveImageAsync(Machine.Debian);
        (await node.ListImagesAsync()).Should().BeEmpty("a pin is for the kubelet's collector, not for who asks");
        node.ForgetFiles();
        await node.StopAsync();

        async Task<IEnumerable<string>> PinnedAsync() => (await node.ListImagesAsync()).Where(image => image.Pinned).SelectMany(image => image.RepoTags);
    }

    [SkippableFact]
    public async Task RuntimeDefault_is_the_configured_filter_and_one_that_is_broken_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": [ "mkdir", "mkdirat" ], "action": "SCMP_ACT_ERRNO", "errnoRet": 95 } ] }""");
            await using var node = await StartNodeAsync();
            var (pod, _) = await RunAsync(node, Making("before"));
            await Making("before").WaitForLogAsync(pod, "made");

            await node.ReloadAsync($"[runtime]\nseccomp_profile = \"{file}\"", "configuration read again; changed: runtime.seccomp_profile");
            await pod.StartAsync(Making("filtered"));
            await Making("filtered").WaitForLogAsync(pod, "refused");
            await File.WriteAllTextAsync(file, """{ "defaultAction": "SCMP_ACT_SHRUG" }""");
            await node.ReloadAsync($"[runtime]\nseccomp_profile = \"{file}\"", $"the configuration is wrong, what was in force stays: \"{file}\": seccomp profile: ");
            await pod.StartAsync(Making("after"));
            await Making("after").WaitForLogAsync(pod, "refused");
            await node.StopAsync();
        }
        finally
        {
            File.Delete(file);
        }

        ContainerConfig Making(string name)
        {
            var container = PodRequests.Script(name, Busybox, "mkdir /made && echo made || echo refused");
            container.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault };
            return container;
        }
    }

    [SkippableFact]
    public async Task Privileged_containers_have_no_device_of_the_host_where_the_handler_says_so()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var config = PodRequests.Sandbox(node, "privileged");
        config.Linux.SecurityContext.Privileged = true;
        var pod = await TestPod.RunAsync(node, config);

        (await DevicesAsync("all")).Should().NotBeEmpty();
        await node.ReloadAsync("[runtime.handlers.runc]\nprivileged_without_host_devices = true", "configuration read again; changed: runtime.handlers.runc.privileged_without_host_devices");
        (await DevicesAsync("few")).Should().BeEmpty();
        await node.StopAsync();

        async Task<string> DevicesAsync(string name)
        {
            var container = PodRequests.Container(name, Busybox, "sleep", "1000");
            container.Linux.SecurityContext.Privileged = true;
            return (await pod.ExecAsync(await pod.StartAsync(container), "sh", "-c", "ls -d /dev/loop-control")).Stdout.ToStringUtf8();
        }
    }

    // Each runtime keeps a directory a container.
    private static string? RuntimeOf(TestNode node, string container) =>
        new[] { "runc", "crun" }.SingleOrDefault(runtime => Directory.Exists(Path.Combine(node.Folders.Run, runtime, container)));
}
