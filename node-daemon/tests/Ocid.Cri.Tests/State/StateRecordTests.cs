using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.State;

public sealed class StateRecordTests
{
    [Fact]
    public async Task A_disk_that_takes_no_record_refuses_what_is_planned_and_does_not_undo_what_has_happened()
    {
        // Below a file there is nothing to be written.
        using var directory = new TemporaryDirectory();
        var root = Path.Combine(directory.Path, "file");
        await File.WriteAllTextAsync(root, "");
        var config = new V1.PodSandboxConfig { Metadata = new V1.PodSandboxMetadata { Name = "web", Namespace = "default", Uid = "u" } };
        var pod = new PodSandbox(
            PodSandboxSpec.Create(PodSandboxId.New(), config, "", "runc", "/pods", 1), new PodSandboxStatus { Phase = PodPhase.Ready, BootId = "b" }, new StatePaths(root, root));

        await FluentActions.Awaiting(() => pod.UpdateAsync(pod.Status with { BootId = "other" })).Should().ThrowAsync<IOException>();
        await pod.UpdateToFactAsync(pod.Status with { Phase = PodPhase.NotReady });

        pod.Status.Should().Be(new PodSandboxStatus { Phase = PodPhase.NotReady, BootId = "b" });
    }
}
