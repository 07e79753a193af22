using Ocid.Daemon.Commands;

namespace Ocid.Daemon.Tests.Commands;

public sealed class StoreVerbTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task An_empty_store_lists_nothing()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        (await OcidAsync("images")).Should().Be((0, "REPOSITORY   TAG   IMAGE ID   CREATED   SIZE\n", ""));
        (await OcidAsync("images", "--output", "json")).Output.Should().Be("[]\n");
        (await OcidAsync("rmi", "none")).Should().Be((1, "", "ocid: no image \"none\" in this node's store: ocid images lists what is there\n"));
    }

    [SkippableFact]
    public async Task A_registry_that_cannot_be_reached_is_one_line()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        var (code, output, error) = await OcidAsync("pull", "127.0.0.1:1/none", "--tls-verify=false");

        code.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().MatchRegex("^pulling 127.0.0.1:1/none:latest\nocid: [^\n]*127.0.0.1:1[^\n]*\n$");
    }

    [SkippableFact]
    public async Task What_is_not_in_the_store_can_be_neither_pushed_nor_inspected_nor_verified()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        (await OcidAsync("push", "none", "127.0.0.1:1/none")).Should().Be((1, "", "ocid: no image \"none\" in this node's store: ocid images lists what is there\n"));
        (await OcidAsync("inspect", "none")).Should().Be((1, "", "ocid: no image \"none\"; docker:// in front looks in a registry\n"));
        (await OcidAsync("image verify", "none")).Should().Be((1, "", "ocid: no image \"none\" in this node's store: ocid images lists what is there\n"));
        (await OcidAsync("image verify", "--all")).Should().Be((0, "IMAGE   CHECK   RESULT   DETAIL\n", ""));
        (await OcidAsync("image verify", "--running", "-o", "json")).Should().Be((0, "[]\n", ""));
    }

    [SkippableTheory]
    [InlineData("push", "ocid: \"oci:/tmp/x\": the transport oci: is not supported; want docker://\n", "none", "oci:/tmp/x")]
    [InlineData("image verify", "ocid: image verify: want either images, --all or --running\n")]
    [InlineData("image verify", "ocid: image verify: want either images, --all or --running\n", "--all", "none")]
    public async Task What_cannot_be_meant_is_one_line(string verb, string complaint, params string[] arguments)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        (await OcidAsync(verb, arguments)).Should().Be((1, "", complaint));
    }

    [Fact]
    public async Task What_is_no_reference_never_opens_the_store() =>
        (await OcidAsync("pull", "UPPER/case:")).Error.Should().StartWith("ocid: image reference \"UPPER/case:\": want");

    private async Task<(int Code, string Output, string Error)> OcidAsync(string verb, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OcidCommandLine.RunAsync([.. verb.Split(' '), "--root", _directory.At("root"), "--runroot", _directory.At("runroot"), .. arguments], new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
