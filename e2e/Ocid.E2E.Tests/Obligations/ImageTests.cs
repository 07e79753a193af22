using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

public sealed class ImageTests(SharedNode shared, TestMachine machine) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task An_absent_image_has_no_status_and_that_is_no_error() =>
        (await StatusAsync("no.such.example/image:1")).Should().BeNull();

    [SkippableFact]
    public async Task The_status_is_the_same_by_id_tag_and_digest()
    {
        var byTag = (await StatusAsync(Shared.Busybox))!;

        (await StatusAsync(byTag.Id)).Should().Be(byTag);
        (await StatusAsync(byTag.RepoDigests[0])).Should().Be(byTag);
        byTag.Id.Should().Be(Shared.ImageRef);
        (byTag.Uid is not null && byTag.Username.Length > 0).Should().BeFalse("uid and username exclude each other");
        byTag.Size.Should().BePositive();
    }

    [SkippableFact]
    public async Task A_registry_that_does_not_answer_is_RegistryUnavailable()
    {
        var failure = await SharedNode.FailureAsync(() => Images.PullImageAsync(new PullImageRequest { Image = new ImageSpec { Image = "127.0.0.1:9/no/registry:1" } }));

        failure.Detail.Should().StartWith("RegistryUnavailable");
    }

    [SkippableFact]
    public async Task An_image_goes_with_all_its_names_but_not_while_a_container_uses_it()
    {
        var image = await Node.PullAsync(machine.Debian);
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(PodRequests.Container("user", machine.Debian, "sleep", "1000"));
        var remove = new RemoveImageRequest { Image = new ImageSpec { Image = image } };

        (await SharedNode.FailureAsync(() => Images.RemoveImageAsync(remove))).StatusCode.Should().Be(StatusCode.FailedPrecondition);
        await Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await Images.RemoveImageAsync(remove);
        await Images.RemoveImageAsync(remove);

        (await StatusAsync(machine.Debian)).Should().BeNull();
        (await Node.ListImagesAsync()).Should().NotContain(one => one.Id == image);
    }

    [SkippableFact]
    public async Task The_file_systems_of_images_and_of_containers_are_told()
    {
        var info = await Images.ImageFsInfoAsync(new ImageFsInfoRequest());

        foreach (var system in new[] { info.ImageFilesystems.Single(), info.ContainerFilesystems.Single() })
            system.Should().Match<FilesystemUsage>(one => one.Timestamp > 0 && one.UsedBytes.Value > 0 && one.InodesUsed.Value > 0 && one.FsId.Mountpoint == Node.Folders.Storage);
    }

    private async Task<Image?> StatusAsync(string image) => (await Images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = image } })).Image;
}
