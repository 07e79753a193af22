using Ocid.Daemon.Commands;
using Ocid.Daemon.Configuration;

namespace Ocid.Daemon.Tests.Commands;

public sealed class UserRegistriesTests
{
    private static readonly ImagesOptions Images = new()
    {
        InsecureRegistries = [],
        ConfigurationDirectories = ["/etc/ocid", "/etc/containers"],
        AuthFile = "/etc/ocid/pull.json",
        SignaturePolicyDirectory = "/etc/ocid/policies",
        Pinned = [], CollectForeign = false, PullProgressTimeout = TimeSpan.FromSeconds(60),
    };

    [Fact]
    public void Credentials_are_looked_for_where_podman_and_docker_keep_them()
    {
        var files = AuthFiles(new() { ["XDG_RUNTIME_DIR"] = "/run/user/7", ["XDG_CONFIG_HOME"] = "/home/x/conf", ["DOCKER_CONFIG"] = "/home/x/docker" });

        files.Take(3).Should().Equal("/run/user/7/containers/auth.json", "/home/x/conf/containers/auth.json", "/home/x/docker/config.json");
        files[3].Should().EndWith("/.dockercfg");
        AuthFiles([])[0].Should().MatchRegex(@"^/run/containers/\d+/auth\.json$");
    }

    [SkippableFact]
    public void Behind_them_root_has_those_of_the_node()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        AuthFiles([]).Skip(4).Should().Equal("/etc/ocid/pull.json", "/etc/ocid/auth.json", "/etc/containers/auth.json");
    }

    [Fact]
    public void A_file_that_the_environment_names_is_the_only_one() =>
        AuthFiles(new() { ["REGISTRY_AUTH_FILE"] = "/tmp/auth.json" }).Should().Equal("/tmp/auth.json");

    private static List<string> AuthFiles(Dictionary<string, string> variables) =>
        [.. UserRegistries.Options(Images, name => variables.GetValueOrDefault(name)).AuthFiles.Select(file => file.Path)];
}
