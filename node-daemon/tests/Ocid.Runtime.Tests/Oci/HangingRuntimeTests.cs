using Ocid.Primitives;
using Ocid.Runtime.Oci;
using Ocid.Spec;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Tests.Oci;

public sealed class HangingRuntimeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-hanging-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("start", 4)]
    [InlineData("kill", 1)]
    [InlineData("delete", 4)]
    [InlineData("update", 4)]
    [InlineData("state", 1)]
    public async Task A_verb_that_hangs_is_killed_with_what_it_started_and_told(string verb, int seconds)
    {
        var id = ContainerId.New();
        Directory.CreateDirectory(Path.Combine(_root, id.Value)); // the program knows it
        var program = Path.Combine(_root, "hangs");
        File.WriteAllText(program, $"#!/bin/sh\nsleep 1000 & echo $! > {_root}/child\nwait\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var runtime = new OciRuntime(new RuntimeHandler { Name = "hangs", Program = program, Root = _root }, CgroupMode.Unified) { Limit = TimeSpan.FromSeconds(4) };

        Func<Task> run = verb switch
        {
            "start" => () => runtime.StartAsync(id, default),
            "kill" => () => runtime.KillAsync(id, 15, all: false, default),
            "delete" => () => runtime.DeleteAsync(id, force: true, default),
            "update" => () => runtime.UpdateAsync(id, new LinuxResources(), default),
            _ => () => runtime.StateAsync(id, default),
        };
        var failure = await run.Should().ThrowAsync<OcidException>();

        failure.Which.Kind.Should().Be(ErrorKind.DeadlineExceeded);
        failure.Which.Message.Should().Be($"run {program}: not done after 00:00:0{seconds}");
        IsRunning(File.ReadAllText(Path.Combine(_root, "child")).Trim()).Should().BeFalse();
    }

    // One that has ended and that nobody has reaped yet has no command line.
    private static bool IsRunning(string pid) => Directory.Exists($"/proc/{pid}") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
}
