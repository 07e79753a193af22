using Ocid.Spec.Schema;

namespace Ocid.Spec.Tests;

public sealed class SpecValidatorTests
{
    private static readonly RuntimeSpec Sound = new()
    {
        OciVersion = "1.0.2",
        Root = new SpecRoot { Path = "rootfs" },
        Process = new SpecProcess { Cwd = "/", Args = ["sh"], User = new ProcessUser { Uid = 0, Gid = 0 } },
    };

    public static TheoryData<string, RuntimeSpec> Unsound()
    {
        var process = Sound.Process!;
        RuntimeSpec WithProcess(SpecProcess changed) => Sound with { Process = changed };
        RuntimeSpec WithLinux(LinuxSpec linux) => Sound with { Linux = linux };
        return new()
        {
            { "ociVersion: ", Sound with { OciVersion = "2.0.0" } },
            { "root: ", Sound with { Root = null } },
            { "process.args: ", WithProcess(process with { Args = [] }) },
            { "process.cwd: ", WithProcess(process with { Cwd = "srv" }) },
            { "process.env: ", WithProcess(process with { Env = ["PATH"] }) },
            { "process.rlimits: ", WithProcess(process with { Rlimits = [new() { Type = "RLIMIT_NOFILE", Soft = 2, Hard = 1 }] }) },
            { "process.capabilities: ", WithProcess(process with { Capabilities = new() { Bounding = ["CAP_FLY"] } }) },
            { "process.capabilities.effective: ", WithProcess(process with { Capabilities = new() { Effective = ["CAP_KILL"] } }) },
            { "process.capabilities.ambient: ", WithProcess(process with { Capabilities = new() { Ambient = ["CAP_KILL"], Permitted = ["CAP_KILL"] } }) },
            { "mounts[0].destination: ", Sound with { Mounts = [new() { Destination = "proc" }] } },
            { "mounts[1].destination: ", Sound with { Mounts = [new() { Destination = "/a/b" }, new() { Destination = "/a" }] } },
            { "hostname: ", Sound with { Hostname = "h" } },
            { "linux.namespaces: ", WithLinux(new() { Namespaces = [new() { Type = "pid" }, new() { Type = "pid" }] }) },
            { "linux.namespaces: ", WithLinux(new() { Namespaces = [new() { Type = "user" }] }) },
            { "linux.sysctl: ", WithLinux(new() { Sysctl = new Dictionary<string, string> { ["net.core.somaxconn"] = "1" } }) },
            { "linux.devices: ", WithLinux(new() { Devices = [new() { Path = "/dev/x", Type = "c" }] }) },
            { "linux.resources.memory.swap: ", WithLinux(new() { Resources = new() { Memory = new() { Limit = 2, Swap = 1 } } }) },
            { "hooks.prestart: ", Sound with { Hooks = new() { Prestart = [new() { Path = "hook" }] } } },
        };
    }

    [Fact]
    public void A_sound_document_has_no_faults() => SpecValidator.Validate(Sound).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Each_fault_is_named_by_its_place(string place, RuntimeSpec spec) =>
        SpecValidator.Validate(spec).Should().ContainSingle().Which.Should().StartWith(place);
}
