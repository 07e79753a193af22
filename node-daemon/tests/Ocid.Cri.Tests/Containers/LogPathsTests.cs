using Ocid.Cri.Containers;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Containers;

public sealed class LogPathsTests
{
    [Theory]
    [InlineData("/var/log/pods/p", "c/0.log", "/var/log/pods/p/c/0.log")]
    [InlineData("", "0.log", null)]
    [InlineData("/var/log", "", null)]
    public void A_log_is_a_path_inside_the_pods_directory(string directory, string path, string? resolved) =>
        LogPaths.Resolve(directory, path).Should().Be(resolved);

    [Theory]
    [InlineData("/var/log", "../etc/passwd")]
    [InlineData("/var/log", "/etc/passwd")]
    [InlineData("/var/log", "a/../../b")]
    [InlineData("logs", "0.log")]
    [InlineData("/var/log", "a\nb")]
    public void A_path_that_leads_out_is_refused(string directory, string path) =>
        FluentActions.Invoking(() => LogPaths.Resolve(directory, path)).Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument);
}
