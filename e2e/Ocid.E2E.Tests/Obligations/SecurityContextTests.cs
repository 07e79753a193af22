using Grpc.Core;
using Ocid.Cri.V1;

namespace Ocid.E2E.Tests.Obligations;

public sealed class SecurityContextTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task A_host_without_AppArmor_and_SELinux_refuses_a_profile_of_a_name_and_leaves_out_the_default_and_labels()
    {
        Skip.If(File.Exists("/sys/module/apparmor/parameters/enabled") || File.Exists("/sys/fs/selinux/enforce"), "this host has one of them: make vm-test shows what they do");
        var pod = await Shared.PodAsync();
        var named = Shared.Sleeper("named");
        named.Linux.SecurityContext.Apparmor = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = "mine" };
        var lax = Shared.Script("lax", "echo runs");
        lax.Linux.SecurityContext.Apparmor = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault };
        lax.Linux.SecurityContext.SelinuxOptions = new SELinuxOption { Type = "spc_t" };

        var refused = await SharedNode.FailureAsync(() => Create(pod, named));
        refused.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        refused.Detail.Should().Contain("AppArmor profile \"mine\": this host has no AppArmor");
        (await Shared.OutputAsync(pod, lax)).Should().Equal("runs");
    }

    [SkippableFact]
    public async Task A_user_name_must_exist_in_the_image()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Linux.SecurityContext.RunAsUsername = "nobody-has-this-name";

        (await SharedNode.FailureAsync(() => Create(pod, container))).Detail.Should().Contain("nobody-has-this-name");
    }

    [SkippableTheory]
    [InlineData(-1L)]
    [InlineData(4294967296L)]
    public async Task User_ids_do_not_wrap_around(long user)
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = user };

        (await SharedNode.FailureAsync(() => Create(pod, container))).StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [SkippableFact]
    public async Task Ambient_capabilities_reach_a_user_that_is_not_root()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Script("ambient", "grep CapAmb /proc/self/status; grep CapEff /proc/self/status");
        container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
        container.Linux.SecurityContext.Capabilities = new Capability { AddAmbientCapabilities = { "NET_BIND_SERVICE" } };

        (await Shared.OutputAsync(pod, container)).Should().Equal("CapAmb:\t0000000000000400", "CapEff:\t0000000000000400");
    }

    [SkippableFact]
    public async Task Capabilities_filter_new_privileges_and_what_may_be_written_are_as_asked_for()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Script("confined", "grep -E 'CapEff|CapBnd|NoNewPrivs|^Seccomp:' /proc/self/status; touch /x || echo root; touch /proc/sys/kernel/x || echo sys; wc -c </proc/version");
        var security = container.Linux.SecurityContext;
        security.Capabilities = new Capability { DropCapabilities = { "ALL" }, AddCapabilities = { "NET_ADMIN", "CAP_CHOWN" } };
        security.Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.RuntimeDefault };
        (security.NoNewPrivs, security.ReadonlyRootfs) = (true, true);
        security.MaskedPaths.Clear();
        security.MaskedPaths.Add("/proc/version");

        var output = (await Shared.OutputAsync(pod, container)).Where(line => !line.StartsWith("touch:", StringComparison.Ordinal));

        output.Should().Equal("CapEff:\t0000000000001001", "CapBnd:\t0000000000001001", "NoNewPrivs:\t1", "Seccomp:\t2", "root", "sys", "0");
    }

    [SkippableTheory]
    [InlineData(SupplementalGroupsPolicy.Merge, "1500 2000 3000 4000")]
    [InlineData(SupplementalGroupsPolicy.Strict, "1500 3000 4000")]
    public async Task Supplemental_groups_are_those_asked_for_and_the_images_unless_strict(SupplementalGroupsPolicy policy, string groups)
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Script("groups", "id -u; id -g; id -G; sleep 1000");
        var security = container.Linux.SecurityContext;
        security.RunAsUser = new Int64Value { Value = 1000 };
        security.RunAsGroup = new Int64Value { Value = 1500 };
        security.SupplementalGroups.Add([3000, 4000]);
        security.SupplementalGroupsPolicy = policy;

        var id = await pod.StartAsync(container);
        var output = await pod.Log(container).WaitForAsync(groups);

        output.Should().Equal("1000", "1500", groups);
        (await pod.ContainerAsync(id)).User.Linux.Should().Match<LinuxContainerUser>(user => user.Uid == 1000 && user.Gid == 1500);
    }

    [SkippableFact]
    public async Task A_process_that_the_filter_killed_says_so_in_its_reason()
    {
        var profile = Path.Combine(Node.Folders.PodLogs, "kill-mkdir.json");
        await File.WriteAllTextAsync(profile, """{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_KILL_PROCESS"}]}""");
        var pod = await Shared.PodAsync();
        var container = Shared.Script("killed", "exec mkdir /x");
        container.Linux.SecurityContext.Seccomp = new SecurityProfile { ProfileType = SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = profile };

        var exited = await pod.ExitedAsync(await pod.StartAsync(container));

        exited.Reason.Should().Be("seccomp killed");
        exited.ExitCode.Should().Be(128 + 31);
    }

    [SkippableFact]
    public async Task A_privileged_container_has_the_hosts_devices_and_all_capabilities_of_the_daemon()
    {
        var pod = await Shared.PodAsync(config => config.Linux.SecurityContext.Privileged = true);
        var container = Shared.Script("privileged", "ls /dev/loop-control /dev/full; grep CapEff /proc/self/status; touch /proc/sys/kernel/hostname && echo writable");
        container.Linux.SecurityContext.Privileged = true;

        var output = await Shared.OutputAsync(pod, container);

        output.Should().Contain("/dev/full").And.Contain("writable");
        output.Should().Contain((await File.ReadAllLinesAsync("/proc/self/status")).First(line => line.StartsWith("CapBnd", StringComparison.Ordinal)).Replace("CapBnd", "CapEff", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_privileged_container_in_a_sandbox_that_is_not_is_refused()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Linux.SecurityContext.Privileged = true;

        (await FluentActions.Awaiting(() => pod.CreateAsync(container)).Should().ThrowAsync<RpcException>()).Which.Status
            .Should().Be(new Status(StatusCode.InvalidArgument, "container: a privileged container in a sandbox that is not"));
    }

    [SkippableFact]
    public async Task Devices_are_those_asked_for_with_the_access_asked_for_and_a_folder_is_each_in_it()
    {
        var folder = Directory.CreateTempSubdirectory("ocid-devices-").FullName;
        try
        {
            await Ocid.Testing.Tool.RunAsync("mknod", Path.Combine(folder, "control"), "c", "10", "237");
            await File.WriteAllTextAsync(Path.Combine(folder, "file"), "no device");
            var pod = await Shared.PodAsync();
            var container = Shared.Script("devices", "cd /dev; for one in mine few/control; do stat -c '%n %t:%T' $one; (: <$one) 2>&1 && echo read; (: >$one) 2>&1 && echo write; done; ls few");
            container.Devices.Add(new Device { HostPath = "/dev/loop-control", ContainerPath = "/dev/mine", Permissions = "r" });
            container.Devices.Add(new Device { HostPath = folder, ContainerPath = "/dev/few", Permissions = "r" });

            var output = await Shared.OutputAsync(pod, container);

            output.Where(line => !line.Contains("Operation not permitted", StringComparison.Ordinal)).Should().Equal("mine a:ed", "read", "few/control a:ed", "read", "control");
            output.Should().HaveCount(7, "nothing may be written");
            container.Metadata.Name = "wrong";
            container.Devices.Add(new Device { HostPath = Path.Combine(folder, "file"), ContainerPath = "/dev/wrong" });
            (await FluentActions.Awaiting(() => pod.CreateAsync(container)).Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
