using Ocid.Daemon.Commands;
using Ocid.Linux.Mounting;
using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>A fresh store on which ocid, podman, buildah and skopeo work, each by its own command line.</summary>
internal sealed class CommonStore : IAsyncDisposable
{
    public const int Seed = 4711;

    public CommonStore()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        Skip.IfNot(Tool.FirstMissing("podman", "buildah", "skopeo", "docker-registry", "umoci") is null, "needs podman, buildah, skopeo, umoci and docker-registry");
        Folder = Directory.CreateTempSubdirectory("ocid-common-").FullName;
    }

    public string Folder { get; }

    public string Root => Path.Combine(Folder, "root");

    public string RunRoot => Path.Combine(Folder, "run");

    /// <summary>How often a test does what it does at random: a few times in a run for every change, more when asked by this variable.</summary>
    public static int Rounds(string variable, int usual) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var asked) ? asked : usual;

    /// <summary>A name in this store, as skopeo writes it.</summary>
    public string Stored(string name) => $"containers-storage:[overlay@{Root}+{RunRoot}]{name}";

    public Task<ToolResult> TryPodmanAsync(params string[] arguments) => Tool.TryRunAsync(null, "podman", ["--root", Root, "--runroot", RunRoot, "--storage-driver", "overlay", .. arguments]);

    public Task<ToolResult> TryBuildahAsync(params string[] arguments) => Tool.TryRunAsync(null, "buildah", ["--root", Root, "--runroot", RunRoot, "--storage-driver", "overlay", .. arguments]);

    /// <summary>As <see cref="TryPodmanAsync"/>, with podman of Debian's sid.</summary>
    public Task<ToolResult> TryNewerPodmanAsync(params string[] arguments) => NewerPodman.TryRunAsync(Folder, ["--root", Root, "--runroot", RunRoot, "--storage-driver", "overlay", .. arguments]);

    public static Task<ToolResult> TrySkopeoAsync(params string[] arguments) => Tool.TryRunAsync(null, "skopeo", ["--insecure-policy", .. arguments]);

    /// <summary>As <see cref="TrySkopeoAsync"/>, with skopeo of Debian's trixie.</summary>
    public static Task<ToolResult> TryNewerSkopeoAsync(params string[] arguments) => Tool.TryRunAsync(null, NewerDebian.Find("skopeo")!, ["--insecure-policy", .. arguments]);

    /// <summary>Runs a verb of ocid, of one word or two, in this process.</summary>
    public async Task<ToolResult> TryOcidAsync(string verb, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OcidCommandLine.RunAsync([.. verb.Split(' '), "--root", Root, "--runroot", RunRoot, .. arguments], new Terminal(output, error, IsInteractive: false));
        return new ToolResult(code, output.ToString(), error.ToString());
    }

    public static string Want(ToolResult result) => result.ExitCode == 0 ? result.Output.Trim() : throw new InvalidOperationException($"exit status {result.ExitCode}: {result.Error.Trim()} {result.Output.Trim()}");

    /// <summary>Nothing is wrong with the store.</summary>
    public async Task ShouldBeCleanAsync(string when)
    {
        var check = await TryOcidAsync("store check");
        check.Output.Should().StartWith("clean: ", $"{when}{check.Error}");
    }

    /// <summary>Nor does the newer podman find anything, where it is unpacked.</summary>
    public async Task ShouldBeCleanForTheNewerPodmanAsync()
    {
        if (NewerPodman.Path is null)
            return;
        var check = await TryNewerPodmanAsync("system", "check");
        check.ExitCode.Should().Be(0, check.Output + check.Error);
    }

    /// <summary>A directory with one file, for programs that build images.</summary>
    public string Content(string text)
    {
        var directory = Directory.CreateDirectory(Path.Combine(Folder, $"content-{Guid.NewGuid():n}")).FullName;
        File.WriteAllText(Path.Combine(directory, "hello"), text);
        return directory;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var mount in MountTable.Read().Where(mount => mount.MountPoint.StartsWith(Folder + "/", StringComparison.Ordinal)).Reverse())
            Mounts.Unmount(mount.MountPoint, detach: true);
        await Tool.RunAsync("rm", "-rf", Folder);
    }
}
