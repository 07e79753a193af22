using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

/// <summary>What files of the node add to containers: CDI devices, OCI hooks.</summary>
public sealed class NodeFilesTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-node-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task A_CDI_device_brings_its_node_mounts_and_environment()
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { RuntimeSettings = $"cdi_spec_dirs = [\"{_folder}\", \"/no/such/folder\"]" });
        await File.WriteAllTextAsync(Path.Combine(_folder, "gpu.yaml"), $"""
            cdiVersion: "0.6.0"
            kind: "vendor.example/gpu"
            containerEdits:
              env:
              - ALL=yes
            devices:
            - name: "0"
              containerEdits:
                env: [ "GPU=0" ]
                deviceNodes:
                - path: /dev/gpu0
                  hostPath: /dev/full
                  permissions: rw
                  fileMode: 0640
                mounts:
                - hostPath: {_folder}
                  containerPath: /gpu
                  options: [ ro, nosuid, nodev, bind ]
                additionalGids: [ 44 ]
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "broken.json"), "{");
        var container = PodRequests.Script("gpu", Busybox, "echo $ALL $GPU; stat -c '%t:%T %a' /dev/gpu0; ls /gpu; touch /gpu/x 2>/dev/null || echo read-only; id -G; echo x > /dev/gpu0 2>/dev/null || echo full");
        container.CDIDevices.Add(new CDIDevice { Name = "vendor.example/gpu=0" });
        var (pod, _) = await RunAsync(node, container);

        await container.WaitForLogAsync(pod, "full");

        pod.Log(container).Messages().Should().Equal("yes 0", "1:7 640", "broken.json", "gpu.yaml", "read-only", "0 44", "full");
        var unknown = PodRequests.Container("unknown", Busybox, "true");
        unknown.CDIDevices.Add(new CDIDevice { Name = "vendor.example/gpu=9" });
        (await FluentActions.Awaiting(() => pod.CreateAsync(unknown)).Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().Contain("CDI device vendor.example/gpu=9: no specification has it");
        node.DaemonOutput().Should().Contain("broken.json").And.Contain("its devices are not there");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_hook_runs_for_the_containers_that_it_is_for_and_one_that_is_broken_stops_every_container()
    {
        var said = Path.Combine(_folder, "said");
        await using var node = await StartNodeAsync(new TestNodeOptions { RuntimeSettings = $"hooks_dir = [\"{_folder}\"]" });
        await File.WriteAllTextAsync(Path.Combine(_folder, "10-tell.json"), $$"""
            {"version": "1.0.0", "hook": {"path": "/bin/sh", "args": ["sh", "-c", "cat >/dev/null; echo told >> {{said}}"]},
             "when": {"annotations": {"^tell$": "^yes$"} }, "stages": ["createRuntime"]}
            """);
        var (pod, _) = await RunAsync(node, PodRequests.Container("silent", Busybox, "sleep", "1000"));
        File.Exists(said).Should().BeFalse();
        var told = PodRequests.Container("told", Busybox, "sleep", "1000");
        told.Annotations["tell"] = "yes";

        await pod.StartAsync(told);

        (await File.ReadAllTextAsync(said)).Should().Be("told\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "20-broken.json"), """{"version": "1.0.0", "hook": {"path": "relative"}, "when": {"always": true}, "stages": ["prestart"]}""");
        (await FluentActions.Awaiting(() => pod.CreateAsync(PodRequests.Container("refused", Busybox, "true"))).Should().ThrowAsync<RpcException>())
            .Which.Status.Detail.Should().Contain("20-broken.json: hook.path \"relative\" is not absolute");
        await node.StopAsync();
    }
}
