using Ocid.Daemon.Configuration;
using Ocid.Daemon.Serve;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Registries;

namespace Ocid.Daemon.Commands;

/// <summary>The registries as a person at a terminal has them: the node's, with what is in the home directory, where podman and Docker look too.</summary>
internal static class UserRegistries
{
    public static ImageRegistriesOptions Options(ImagesOptions images, Func<string, string?> variable)
    {
        var node = NodeParts.Registries(images);
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var configuration = Path.Combine(Absolute(variable("XDG_CONFIG_HOME")) ?? Path.Combine(home, ".config"), "containers");
        return node with
        {
            // For root they are the node's own, so that a verb pulls what the daemon would.
            Roots = Environment.IsPrivilegedProcess ? node.Roots : new ImageConfigurationRoots([configuration, .. node.Roots.Directories]),
            AuthFiles = variable("REGISTRY_AUTH_FILE") is { Length: > 0 } only
                ? [new AuthFileLocation(Path.GetFullPath(only))]
                : [.. Own(variable, home, configuration), .. Environment.IsPrivilegedProcess ? node.AuthFiles : []],
            ProgramDirectories = [.. node.ProgramDirectories, .. (variable("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified).Except(node.ProgramDirectories)],
            RecordedAliases = Environment.IsPrivilegedProcess
                ? node.RecordedAliases
                : Path.Combine(Absolute(variable("XDG_CACHE_HOME")) ?? Path.Combine(home, ".cache"), "containers/short-name-aliases.conf"),
        };
    }

    // The order of https://github.com/containers/container-libs/blob/main/image/docs/containers-auth.json.5.md
    private static IEnumerable<AuthFileLocation> Own(Func<string, string?> variable, string home, string configuration)
    {
        var runtime = Absolute(variable("XDG_RUNTIME_DIR")) is { } own ? Path.Combine(own, "containers") : $"/run/containers/{UserId()}";
        yield return new AuthFileLocation(Path.Combine(runtime, "auth.json"));
        yield return new AuthFileLocation(Path.Combine(configuration, "auth.json"));
        yield return new AuthFileLocation(Path.Combine(Absolute(variable("DOCKER_CONFIG")) ?? Path.Combine(home, ".docker"), "config.json"));
        yield return new AuthFileLocation(Path.Combine(home, ".dockercfg"), IsLegacy: true);
    }

    private static uint UserId() => Linux.HostPath.Status("/proc/self")!.UserId;

    private static string? Absolute(string? path) => Path.IsPathFullyQualified(path ?? "") ? path : null;
}
