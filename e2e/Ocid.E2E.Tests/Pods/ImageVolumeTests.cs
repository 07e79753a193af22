using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

public sealed class ImageVolumeTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task An_image_volume_is_read_only_and_its_programs_run()
    {
        await using var node = await StartNodeAsync();
        var image = await node.PullAsync(Busybox);
        var container = PodRequests.Script("reader", Busybox, "/image/bin/busybox echo runs; touch /image/x 2>/dev/null || echo read-only; sleep 1000");
        container.Mounts.Add(Volume(Busybox, "/image"));
        var (pod, id) = await RunAsync(node, container);

        await container.WaitForLogAsync(pod, "read-only");

        pod.Log(container).Messages().Should().Equal("runs", "read-only");
        (await pod.ContainerAsync(id)).Mounts.Single().Image.ImageRef.Should().Be(image);
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("bin", "/image", "/image/busybox")]
    [InlineData("bin/busybox", "/busybox", "/busybox")]
    [InlineData("./bin//", "/image", "/image/busybox")]
    public async Task A_sub_path_shows_that_directory_or_file_alone(string subPath, string path, string program)
    {
        await using var node = await StartNodeAsync();
        var container = PodRequests.Script("reader", Busybox, $"{program} echo runs; ls -d {path}/etc 2>/dev/null; echo done");
        container.Mounts.Add(Volume(Busybox, path, subPath));
        var (pod, _) = await RunAsync(node, container);

        await container.WaitForLogAsync(pod, "done");

        pod.Log(container).Messages().Should().Equal("runs", "done");
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("../etc", true, StatusCode.InvalidArgument, "want a path inside the image")]
    [InlineData("/bin", true, StatusCode.InvalidArgument, "want a path inside the image")]
    [InlineData("no/such", true, StatusCode.NotFound, "is not in image")]
    [InlineData("", false, StatusCode.InvalidArgument, "an image volume is read-only")]
    public async Task What_cannot_be_an_image_volume_is_refused_and_nothing_is_left(string subPath, bool readOnly, StatusCode code, string reason)
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "pod");
        var container = PodRequests.Script("reader", Busybox, "true");
        var volume = Volume(Busybox, "/image", subPath);
        volume.Readonly = readOnly;
        container.Mounts.Add(volume);

        var refused = await FluentActions.Awaiting(() => pod.CreateAsync(container)).Should().ThrowAsync<RpcException>();

        refused.Which.StatusCode.Should().Be(code);
        refused.Which.Status.Detail.Should().Contain(reason);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task An_image_volume_outlives_the_daemon_holds_its_image_and_goes_with_its_container()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Machine.Debian);
        var container = PodRequests.Script("reader", Busybox, "sleep 1000");
        container.Mounts.Add(Volume(Machine.Debian, "/image"));
        var (pod, id) = await RunAsync(node, container);
        var remove = new RemoveImageRequest { Image = new ImageSpec { Image = Machine.Debian } };

        await node.KillDaemonAsync();
        await node.StartDaemonAsync();

        (await pod.ExecAsync(id, "ls", "/image/etc/debian_version")).ExitCode.Should().Be(0);
        (await FluentActions.Awaiting(async () => await node.Images.RemoveImageAsync(remove)).Should().ThrowAsync<RpcException>())
            .Which.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await node.Images.RemoveImageAsync(remove);
        await node.StopAsync();
    }

    private static Mount Volume(string image, string path, string subPath = "") =>
        new() { ContainerPath = path, Readonly = true, Image = new ImageSpec { Image = image }, ImageSubPath = subPath };
}
