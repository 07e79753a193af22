using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Agent.Tests;

/// <summary>A host in a directory, with a program that takes every configuration unless it mentions <c>broken</c>.</summary>
public sealed class TestHost : IDisposable
{
    public const string Version = "0.1.0";

    private readonly string _program;

    public TestHost()
    {
        Root = Directory.CreateTempSubdirectory("ocid-agent-").FullName;
        Paths = new NodePaths(Path.Combine(Root, "host"));
        Directory.CreateDirectory(Path.Combine(Paths.Root, "etc/containers"));
        File.WriteAllText(Path.Combine(Paths.Root, "etc/containers/policy.json"), "{}");
        _program = Path.Combine(Root, "ocid");
        File.WriteAllText(_program, """
            #!/bin/sh
            [ "$1 $2 $3" = "config validate --config" ] || exit 2
            ! grep -rh broken "$4.d" && exit 0
            echo "ocid: $4.d/90-revision-10-live.toml:1:1: it is broken" >&2
            exit 1
            """);
        File.SetUnixFileMode(_program, (UnixFileMode)0b111_101_101);
    }

    public string Root { get; }

    /// <summary>Puts the program where a host's image has it.</summary>
    public void Preinstall()
    {
        var program = Paths.Below("usr/bin/ocid");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy(_program, program);
    }

    public NodePaths Paths { get; }

    /// <summary>Every path below the host's root with what a restore owes: kind, permissions, content, a link's target, a file's time.</summary>
    public IReadOnlyList<string> Tree() => [.. Directory.EnumerateFileSystemEntries(Paths.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Order(StringComparer.Ordinal).Select(Describe)];

    public RevisionHash Stage(params (string Path, string Content, Disruption Needs)[] files) => Stage(InstallMode.Managed, files);

    public RevisionHash Stage(InstallMode install, params (string Path, string Content, Disruption Needs)[] files)
    {
        var revision = Revision.Create(
            new RevisionRuntime(Version, install),
            KubeletMode.Keep,
            files.Select(file => new RevisionContent(RevisionPath.Parse(file.Path), System.Text.Encoding.UTF8.GetBytes(file.Content), 0x1A4, file.Needs)));
        var journal = Journal.Open(Paths);
        new Installation(Paths, new FakeServices()).Bring(journal, _program, Version);
        new StagedRevisions(Paths).Stage(revision, journal);
        return revision.Hash;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Describe(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is { } target)
            return $"{path} -> {target}";
        return Directory.Exists(path)
            ? $"{path}/ {File.GetUnixFileMode(path)}"
            : $"{path} {File.GetUnixFileMode(path)} {file.LastWriteTimeUtc:O} {Digest.Sha256(File.ReadAllBytes(path))}";
    }
}
