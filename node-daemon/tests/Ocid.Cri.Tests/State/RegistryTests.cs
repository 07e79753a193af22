using Microsoft.Extensions.Logging;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Cri.Tests.Serving;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.State;

public sealed class RegistryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly LogLines _log = new();
    private readonly StatePaths _paths;
    private readonly Registry<PodSandbox> _pods;

    public RegistryTests()
    {
        _paths = new StatePaths(_directory.Path, "/nonexistent/run");
        _pods = new Registry<PodSandbox>("pod sandbox", _log.CreateLogger<Registry<PodSandbox>>());
    }

    public void Dispose()
    {
        _log.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_was_saved_is_loaded_and_of_what_was_deleted_nothing_is_left()
    {
        var (stays, goes) = (NewPod(), NewPod());
        await stays.SaveAsync();
        await goes.SaveAsync();
        await goes.DeleteAsync();
        await goes.DeleteAsync();

        Load();

        _pods.All.Should().ContainSingle(pod => pod.Id == stays.Id);
        Directory.GetDirectories(_paths.Pods).Should().Equal(stays.StateDirectory);
    }

    // A kill between the two files of a save, or between two deletions.
    [Fact]
    public async Task The_remains_of_what_does_not_exist_are_deleted_without_an_error()
    {
        var pod = NewPod();
        await pod.SaveAsync();
        File.Delete(Path.Combine(pod.StateDirectory, "spec.json"));

        Load();

        _pods.All.Should().BeEmpty();
        Directory.GetDirectories(_paths.Pods).Should().BeEmpty();
        _log.All.Should().BeEmpty();
    }

    [Fact]
    public async Task A_damaged_record_is_named_and_left_as_it_is()
    {
        var pod = NewPod();
        await pod.SaveAsync();
        File.Delete(Path.Combine(pod.StateDirectory, "status.json"));

        Load();

        _pods.All.Should().BeEmpty();
        Directory.Exists(pod.StateDirectory).Should().BeTrue();
        _log.All.Should().ContainSingle().Which.Text.Should().Contain(pod.StateDirectory);
    }

    private PodSandbox NewPod()
    {
        var config = new V1.PodSandboxConfig { Metadata = new V1.PodSandboxMetadata { Name = "web", Namespace = "default", Uid = "u" } };
        var spec = PodSandboxSpec.Create(PodSandboxId.New(), config, "", "runc", "/pods", 1);
        return new PodSandbox(spec, new PodSandboxStatus { Phase = PodPhase.Ready, BootId = "b" }, _paths);
    }

    private void Load() => _pods.Load(_paths.Pods, directory => PodSandbox.Load(directory, _paths));
}
