using System.Text;
using Ocid.Agent.Applying;
using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Services;
using Ocid.Agent.Staging;
using Ocid.E2E.Nodes;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>A host below a folder of a test node: its own /etc, /opt and /var, on which the published program is the agent's hands and the daemon.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly DirectServices _services;

    private AgentHost(TestNode node, string version)
    {
        Node = node;
        Version = version;
        Paths = new NodePaths(Path.Combine(node.Folders.Root, "host"));
        _services = new DirectServices(Paths, () => "", () => node.Folders.MonitorSocket);
    }

    public TestNode Node { get; }

    public NodePaths Paths { get; }

    public string Version { get; }

    /// <summary>A revision's file that makes an OCI runtime the default one which says what runc says and creates no container.</summary>
    public (string, string, Disruption) BrokenRuntime => ("20-restart.toml", $"[runtime]\ndefault_runtime = \"bad\"\n[runtime.handlers.bad]\nprogram = \"{BrokenProgram}\"\n", Disruption.Restart);

    public NodeOverview Overview => NodeOverview.Read(Paths);

    public string BrokenProgram => Path.Combine(Node.Folders.Root, "broken-runc");

    /// <summary>The daemon's pid.</summary>
    public int Daemon => _services.Daemon?.Pid ?? throw new InvalidOperationException("the daemon does not run");

    /// <summary>A host with the node's configuration and files of another runtime, and nothing of ours.</summary>
    public static async Task<AgentHost> CreateAsync(TestNodeOptions options)
    {
        Skip.IfNot(OcidProgram.Path == OcidProgram.Published, "installs the published file: make publish");
        var node = await TestNode.PrepareAsync(options);
        var host = new AgentHost(node, (await node.OcidAsync("version")).Split('\n')[0].Split(' ')[1]);
        Directory.CreateDirectory(Path.GetDirectoryName(host.Paths.ConfigurationFile)!);
        File.Move(node.Folders.Configuration, host.Paths.ConfigurationFile);
        foreach (var theirs in new[]
        {
            "etc/containers/policy.json", "etc/containers/registries.conf", "etc/cni/net.d/10-theirs.conflist", "etc/containerd/config.toml", "var/lib/cni/networks/theirs/10.88.0.2",
            "var/lib/containers/storage/overlay-images/images.json", "var/lib/containerd/io.containerd.metadata.v1.bolt/meta.db",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(host.Paths.Below(theirs))!);
            await File.WriteAllTextAsync(host.Paths.Below(theirs), """{"default":[{"type":"insecureAcceptAnything"}]}""");
        }

        await File.WriteAllTextAsync(host.BrokenProgram, $"#!/bin/sh\ncase \"$*\" in *create*) echo 'it is broken' >&2; exit 1 ;; esac\nexec {Tool.Find("runc")} \"$@\"\n");
        File.SetUnixFileMode(host.BrokenProgram, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        // The daemon makes them, and release takes them away.
        Directory.Delete(node.Folders.State);
        Directory.Delete(node.Folders.Run);
        Directory.Delete(node.Folders.Storage);
        Directory.Delete(node.Folders.RunRoot);
        return host;
    }

    /// <summary>A revision for the program that is tested.</summary>
    public Revision Revision(params (string Path, string Content, Disruption Needs)[] files) => Ocid.Revisions.Revision.Create(
        new RevisionRuntime(Version, InstallMode.Managed),
        KubeletMode.Keep,
        files.Select(file => new RevisionContent(RevisionPath.Parse(file.Path), Encoding.UTF8.GetBytes(file.Content), 0x1A4, file.Needs)));

    /// <summary>Puts program and files where the agent puts them.</summary>
    public RevisionHash Stage(params (string Path, string Content, Disruption Needs)[] files)
    {
        var revision = Revision(files);
        var journal = Journal.Open(Paths);
        new Installation(Paths, _services).Bring(journal, OcidProgram.Published, Version);
        new StagedRevisions(Paths).Stage(revision, journal);
        return revision.Hash;
    }

    public async Task ApplyAsync(RevisionHash hash)
    {
        var result = await TryApplyAsync(hash);
        result.ExitCode.Should().Be(0, result.Error + Node.DaemonOutput());
    }

    /// <summary>Applies a revision; where a step is named, the process kills itself right after it.</summary>
    public Task<ToolResult> TryApplyAsync(RevisionHash hash, ApplyStep? killedAfter = null) =>
        RunAsync([$"OCID_FAIL_POINT={killedAfter}"], "apply", hash.Value, "--root", Paths.Root);

    public Task<ToolResult> RunAsync(string[] environment, params string[] arguments) =>
        Tool.TryRunAsync("/", "env", [.. environment, Paths.Program(Version), .. arguments]);

    /// <summary>What of the host belongs to others, described as in <see cref="Tree"/>: where podman, CRI-O and containerd have their configuration, networks and stores.</summary>
    public IReadOnlyList<string> Theirs() =>
    [
        .. new[] { "etc/containers", "etc/cni", "etc/containerd", "etc/crio", "var/lib/cni", "var/lib/containers", "var/lib/containerd", "run/containerd", "opt/cni" }.Select(Paths.Below)
            .Where(Directory.Exists).SelectMany(Below).Order(StringComparer.Ordinal).Select(Describe),
    ];

    /// <summary>Every path of the host with what a release owes: permissions, content, a link's target, a file's time.</summary>
    public IReadOnlyList<string> Tree() =>
    [
        .. new[] { Paths.Root, Node.Folders.State, Node.Folders.Run, Node.Folders.Storage, Node.Folders.RunRoot }.Where(Directory.Exists)
            .SelectMany(Below)
            .Order(StringComparer.Ordinal).Select(Describe),
    ];

    public async ValueTask DisposeAsync() => await Node.DisposeAsync();

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }).Prepend(folder);

    private static string Describe(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            return $"{path} -> {target}";
        return Directory.Exists(path)
            ? $"{path}/ {File.GetUnixFileMode(path)}"
            : $"{path} {File.GetUnixFileMode(path)} {File.GetLastWriteTimeUtc(path):O} {Digest.Sha256(File.ReadAllBytes(path))}";
    }
}
