using System.Net;
using System.Net.Sockets;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Networking.Tests;

[Collection(nameof(HostNamespaces))]
public sealed class PodNamespacesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-netns-").FullName;

    public void Dispose()
    {
        foreach (var directory in Directory.GetDirectories(_root))
            PodNamespaces.Remove(directory);
        Directory.Delete(_root, recursive: true);
    }

    [SkippableFact]
    public async Task Create_pins_three_namespaces_that_are_not_the_hosts()
    {
        Root.Need();
        var pins = await CreateAsync("a");
        var lines = (await File.ReadAllLinesAsync("/proc/self/mountinfo")).Where(line => line.Contains(_root, StringComparison.Ordinal)).ToList();
        lines.Should().HaveCount(3).And.OnlyContain(line => line.Contains(" nsfs ", StringComparison.Ordinal));
        lines.Select(line => line.Split(' ')[3]).Should().NotIntersectWith(HostNamespaces.OfThisProcess());
        File.GetUnixFileMode(pins.Directory).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [SkippableFact]
    public async Task Loopback_is_up()
    {
        Root.Need();
        var pins = await CreateAsync("a");
        using var listener = new Socket(NetworkNamespace.OpenSocket(pins.NetworkPath!, AddressFamily.InterNetwork, SocketType.Stream));
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(NetworkNamespace.OpenSocket(pins.NetworkPath!, AddressFamily.InterNetwork, SocketType.Stream));
        await client.ConnectAsync(listener.LocalEndPoint!).WaitAsync(TimeSpan.FromSeconds(60));
        NetworkNamespace.ReadCounters(pins.NetworkPath!).Should().ContainSingle(one => one.Name == "lo").Which.ReceivedPackets.Should().BePositive();
    }

    [SkippableFact]
    public async Task Host_name_and_sysctls_are_set_inside_and_not_outside()
    {
        Root.Need();
        var outside = (await File.ReadAllTextAsync("/proc/sys/kernel/shm_rmid_forced"), await File.ReadAllTextAsync("/proc/sys/kernel/hostname"));
        var pins = await CreateAsync("a", ("net.ipv4.ip_unprivileged_port_start", "77"), ("kernel.shm_rmid_forced", "1"));
        (await Nsenter.RunAsync(pins, "cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start", "/proc/sys/kernel/shm_rmid_forced", "/proc/sys/kernel/hostname"))
            .Should().Be("77\n1\npod-a\n");
        (await File.ReadAllTextAsync("/proc/sys/kernel/shm_rmid_forced"), await File.ReadAllTextAsync("/proc/sys/kernel/hostname")).Should().Be(outside);
    }

    [SkippableFact]
    public async Task A_failing_sysctl_leaves_nothing_and_is_named()
    {
        Root.Need();
        await FluentActions.Awaiting(() => CreateAsync("a", ("net.ipv4.no_such_thing", "1"))).Should()
            .ThrowAsync<OcidException>().WithMessage("sysctl net.ipv4.no_such_thing: no such file or directory");
        Directory.GetDirectories(_root).Should().BeEmpty();
        HostNamespaces.OfEveryThread().Should().BeEquivalentTo(HostNamespaces.OfThisProcess());
    }

    [SkippableFact]
    public async Task A_sysctl_of_a_shared_namespace_is_refused()
    {
        Root.Need();
        var request = new PodNamespaceRequest { Directory = Path.Combine(_root, "a"), Network = false, Sysctls = new Dictionary<string, string> { ["net.ipv4.ip_forward"] = "1" } };
        (await FluentActions.Awaiting(() => PodNamespaces.CreateAsync(request, default)).Should().ThrowAsync<OcidException>())
            .Which.Kind.Should().Be(ErrorKind.InvalidArgument);
        Directory.GetDirectories(_root).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_pod_on_the_hosts_network_gets_no_network_pin()
    {
        Root.Need();
        var pins = await PodNamespaces.CreateAsync(new PodNamespaceRequest { Directory = Path.Combine(_root, "a"), Network = false, Uts = false }, default);
        pins.NetworkPath.Should().BeNull();
        pins.UtsPath.Should().BeNull();
        pins.IpcPath.Should().NotBeNull();
    }

    [SkippableFact]
    public async Task A_pods_own_user_namespace_owns_the_others_and_all_is_set_in_them()
    {
        Root.Need();
        var pins = await CreateOwnedAsync("a", new IdRange(200_000, 65_536), ("net.ipv4.ip_unprivileged_port_start", "77"), ("kernel.shm_rmid_forced", "1"));
        (await Nsenter.RunAsync(pins, "cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start", "/proc/sys/kernel/shm_rmid_forced", "/proc/sys/kernel/hostname", "/proc/self/uid_map"))
            .Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries).Should().Equal("77", "1", "pod-a", "0", "200000", "65536");
        // What its user 0 may do in the namespaces that belong to it.
        (await Nsenter.RunAsync(pins, "unshare", "--mount", "sh", "-c", "mount -t mqueue q /mnt && mount -t sysfs s /sys && echo owner")).Should().Be("owner\n");
        NetworkNamespace.ReadCounters(pins.NetworkPath!).Should().ContainSingle(one => one.Name == "lo");
        PodNamespaces.Remove(pins.Directory);
        (await File.ReadAllTextAsync("/proc/self/mountinfo")).Should().NotContain(_root);
        HostNamespaces.OfEveryThread().Should().BeEquivalentTo(HostNamespaces.OfThisProcess());
    }

    [SkippableFact]
    public async Task A_user_namespace_with_ids_that_the_kernel_refuses_leaves_nothing_and_is_named()
    {
        Root.Need();
        await FluentActions.Awaiting(() => CreateOwnedAsync("a", new IdRange(200_000, 0))).Should()
            .ThrowAsync<OcidException>().WithMessage("uid_map of a user namespace, ids from 200000, 0 of them: *");
        Directory.GetDirectories(_root).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Remove_is_idempotent_also_when_only_plain_files_are_left()
    {
        Root.Need();
        var pins = await CreateAsync("a");
        PodNamespaces.Remove(pins.Directory);
        PodNamespaces.Remove(pins.Directory);
        Directory.CreateDirectory(pins.Directory);
        await File.WriteAllTextAsync(pins.NetworkPath!, "");
        PodNamespaces.Remove(pins.Directory);
        Directory.Exists(pins.Directory).Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_hundred_pods_leave_no_mount_and_no_thread_behind()
    {
        Root.Need();
        var descriptors = Directory.GetFiles("/proc/self/fd").Length;
        for (var i = 0; i < 100; i++)
        {
            var pins = await CreateAsync($"p{i}", ("net.ipv4.ip_forward", "1"));
            NetworkNamespace.ReadCounters(pins.NetworkPath!).Should().NotBeEmpty();
            PodNamespaces.Remove(pins.Directory);
            HostNamespaces.OfEveryThread().Should().BeEquivalentTo(HostNamespaces.OfThisProcess(), $"round {i}");
        }

        (await File.ReadAllTextAsync("/proc/self/mountinfo")).Should().NotContain(_root);
        Directory.GetFiles("/proc/self/fd").Length.Should().BeLessThan(descriptors + 20);
    }

    private Task<PinnedNamespaces> CreateOwnedAsync(string name, IdRange ids, params (string Name, string Value)[] sysctls) =>
        PodNamespaces.CreateAsync(
            new PodNamespaceRequest
            {
                Directory = Path.Combine(_root, name), Hostname = "pod-" + name, Users = new PodUsers(ids, ids), Sysctls = sysctls.ToDictionary(one => one.Name, one => one.Value),
            },
            default);

    private Task<PinnedNamespaces> CreateAsync(string name, params (string Name, string Value)[] sysctls) =>
        PodNamespaces.CreateAsync(
            new PodNamespaceRequest { Directory = Path.Combine(_root, name), Hostname = "pod-" + name, Sysctls = sysctls.ToDictionary(one => one.Name, one => one.Value) },
            default);
}
