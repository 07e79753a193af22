using System.Globalization;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;
using Ocid.Spec;

namespace Ocid.Runtime.Tests.Oci;

// A container of busybox, made by the real runtime in a directory and a cgroup of its own.
internal sealed class TestContainer : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ocid-oci-").FullName;

    public TestContainer(string program)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        Skip.IfNot(File.Exists(program), "needs " + program);
        Skip.IfNot(File.Exists("/bin/busybox"), "needs a static busybox");
        Host = HostFactsReader.Read();
        Hierarchies = CgroupHierarchies.Read();
        Parent = CgroupPath.Parse("/ocid-oci-" + Id.Value[..12]);
        Runtime = new OciRuntime(new RuntimeHandler { Name = Path.GetFileName(program), Program = program, Root = Path.Combine(_directory, "state") }, Host.CgroupMode);
    }

    public static TheoryData<string> Programs => new("/usr/sbin/runc", "/usr/bin/crun");

    public ContainerId Id { get; } = ContainerId.New();

    public HostFacts Host { get; }

    public CgroupHierarchies Hierarchies { get; }

    public OciRuntime Runtime { get; }

    public CgroupPath Parent { get; }

    public string OutputFile => Path.Combine(_directory, "rootfs", "output");

    public int Pid => int.Parse(File.ReadAllText(Path.Combine(_directory, "pid")), CultureInfo.InvariantCulture);

    public async Task CreateAsync(string script, Func<ContainerSpecRequest, ContainerSpecRequest>? change = null)
    {
        var rootfs = Path.Combine(_directory, "rootfs");
        Directory.CreateDirectory(Path.Combine(rootfs, "bin"));
        File.Copy("/bin/busybox", Path.Combine(rootfs, "bin/busybox"));
        File.CreateSymbolicLink(Path.Combine(rootfs, "bin/sh"), "busybox");

        var request = new ContainerSpecRequest
        {
            RootfsPath = rootfs,
            Command = ["/bin/sh", "-c", script],
            Hostname = "box",
            CgroupsPath = Parent.Child(Id.Value).Value,
            Namespaces = [new(NamespaceKind.Pid), new(NamespaceKind.Ipc), new(NamespaceKind.Uts), new(NamespaceKind.Network)],
        };
        var spec = SpecGenerator.Generate(change?.Invoke(request) ?? request, Host);
        SpecValidator.Validate(spec).Should().BeEmpty();
        await File.WriteAllBytesAsync(Path.Combine(_directory, "config.json"), SpecJson.Write(spec));

        var result = await Command.RunAsync(
            new CommandSpec
            {
                Program = Runtime.Handler.Program,
                Arguments = [.. Runtime.Handler.GlobalArguments(), "create", "--bundle", _directory, "--pid-file", Path.Combine(_directory, "pid"), Id.Value],
                HiddenPath = Runtime.HiddenPath,
                Timeout = TimeSpan.FromSeconds(60),
            },
            CancellationToken.None);
        result.ExitCode.Should().Be(0, RuntimeLog.LastError(result.Error));
    }

    public async Task RunToEndAsync(string script, Func<ContainerSpecRequest, ContainerSpecRequest>? change = null)
    {
        await CreateAsync(script, change);
        using var process = PidFd.Open(Pid);
        await Runtime.StartAsync(Id, CancellationToken.None);
        await EndAsync();
    }

    // The processes are this machine's init's children, not the test's: their state file tells when they end.
    public async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Runtime.StateAsync(Id, limit.Token) is { Status: not RuntimeStatus.Stopped })
            await Task.Delay(20, limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await Runtime.DeleteAsync(Id, force: true, limit.Token);
        await new PodCgroup(Hierarchies, Parent).RemoveAsync(limit.Token);
        Directory.Delete(_directory, recursive: true);
    }
}
