using System.Text;
using Ocid.Primitives;

namespace Ocid.Revisions.Tests;

public sealed class RevisionDocumentTests
{
    private const string Canonical =
        """{"version":1,"runtime":{"version":"0.1.0","install":"Managed"},"kubelet":"Keep","files":[{"path":"certs.d/registry.example:5000/ca.crt","key":"certs.d_registry.example_5000_ca.crt","mode":420,"digest":"sha256:ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73","needs":"Reload"}]}""";

    private static RevisionDocument Parse(string json) => RevisionDocument.Parse(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void It_is_written_in_its_one_form()
    {
        var document = A.Revision(A.File("certs.d/registry.example:5000/ca.crt")).Document;

        A.Text(document).Should().Be(Canonical);
        document.Hash.Should().Be(RevisionHash.Of(Encoding.UTF8.GetBytes(Canonical)));
        document.Hash.Value.Should().HaveLength(16);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var document = Parse(Canonical);

        document.Runtime.Should().Be(A.Runtime);
        document.Kubelet.Should().Be(KubeletMode.Keep);
        document.Files.Should().ContainSingle().Which.Mode.Should().Be(0x1A4);
        A.Text(document).Should().Be(Canonical);
    }

    [Fact]
    public void The_order_in_which_files_are_given_does_not_count() =>
        A.Revision(A.File("b"), A.File("a"), A.File("a.d/x")).Hash.Should().Be(A.Revision(A.File("a.d/x"), A.File("a"), A.File("b")).Hash);

    [Theory]
    [InlineData("\"version\":1,\"runtime", "\"version\":2,\"runtime", "version 2 is not known")]
    [InlineData("\"kubelet\":\"Keep\"", "\"kubelet\":\"Perhaps\"", "$.kubelet")]
    [InlineData("\"kubelet\":\"Keep\",", "\"kubelet\":\"Keep\",\"extra\":1,", "$.extra")]
    [InlineData("\"kubelet\":\"Keep\",", "\"kubelet\":\"Keep\",\"kubelet\":\"Keep\",", "$.kubelet")]
    [InlineData("\"kubelet\":\"Keep\",", "", "want a revision of version 1")]
    [InlineData("\"files\":[", "\"files\": [", "not in its canonical form")]
    [InlineData("certs.d/registry", "../registry", "path \"../registry")]
    [InlineData("\"mode\":420", "\"mode\":2541", "mode 2541")]
    [InlineData("sha256:ed7", "sha256:Ed7", "digest")]
    [InlineData("_5000_", "/5000/", "want a Secret's key")]
    [InlineData("\"0.1.0\"", "\"../0.1.0\"", "runtime version")]
    [InlineData("\"needs\":\"Reload\"", "\"needs\":null", "$.files[0].needs")]
    [InlineData("}]}", "}]", "want a revision")]
    public void What_is_wrong_is_refused_by_name(string part, string instead, string reason)
    {
        var wrong = A.Failure(() => Parse(Canonical.Replace(part, instead, StringComparison.Ordinal)));

        wrong.Kind.Should().Be(ErrorKind.InvalidArgument);
        wrong.Message.Should().StartWith("revision.json: ").And.Contain(reason);
    }

    [Fact]
    public void A_path_is_there_once() =>
        A.Failure(() => A.Revision(A.File("a"), A.File("a", "other"))).Message.Should().Be("path \"a\" is there twice");

    [Fact]
    public void A_file_is_no_directory() =>
        A.Failure(() => A.Revision(A.File("a/b"), A.File("a"))).Message.Should().Be("path \"a\" is a file, and a directory for \"a/b\"");
}
