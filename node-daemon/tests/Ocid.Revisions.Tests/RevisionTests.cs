using Ocid.Primitives;

namespace Ocid.Revisions.Tests;

public sealed class RevisionTests
{
    private static readonly Revision Rendered = A.Revision(A.File("registries.conf", "x"), A.File("keys/a.pub", "y"));

    private static Dictionary<string, byte[]> Data => new(Rendered.ToData());

    [Fact]
    public void What_a_Secret_holds_is_the_revision_again()
    {
        var read = Revision.Read(Rendered.Hash, Data);

        read.Document.Files.Select(file => file.Path.Value).Should().Equal("keys/a.pub", "registries.conf");
        read.ContentOf(read.Document.Files[1]).ToArray().Should().Equal((byte)'x');
        read.Size.Should().Be(read.Document.Write().Length + 2);
    }

    [Fact]
    public void A_content_that_changed_is_refused()
    {
        var data = Data;
        data["registries.conf"] = [0];

        var failure = A.Failure(() => Revision.Read(Rendered.Hash, data));

        failure.Kind.Should().Be(ErrorKind.DataLoss);
        failure.Message.Should().Be($"revision {Rendered.Hash}: registries.conf is not what its digest says");
    }

    [Fact]
    public void A_content_that_is_missing_is_refused()
    {
        var data = Data;
        data.Remove("keys_a.pub");

        A.Failure(() => Revision.Read(Rendered.Hash, data)).Message.Should().Contain("key keys_a.pub with keys/a.pub is missing");
    }

    [Fact]
    public void A_content_of_no_file_is_refused()
    {
        var data = Data;
        data["more"] = [];

        A.Failure(() => Revision.Read(Rendered.Hash, data)).Message.Should().Contain("key \"more\" belongs to no file");
    }

    [Fact]
    public void Another_revision_under_its_name_is_refused()
    {
        var other = A.Revision(A.File("registries.conf", "z"));

        A.Failure(() => Revision.Read(Rendered.Hash, other.ToData())).Message.Should().Contain($"has the hash {other.Hash}");
    }
}
