using System.Text;
using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Policy;

public sealed class SignedIdentityTests
{
    private const string Zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    private const string Ones = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Theory]
    [InlineData("matchExact", "quay.io/a/b:1", "quay.io/a/b:1", true)]
    [InlineData("matchExact", "quay.io/a/b:1", "quay.io/a/b:2", false)]
    [InlineData("matchExact", "quay.io/a/b:1", "quay.io/a/b", false)]
    [InlineData("matchExact", "quay.io/a/b@" + Zeros, "quay.io/a/b:1", false)]
    [InlineData("matchExact", "busybox:latest", "docker.io/library/busybox:latest", true)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b:1", "quay.io/a/b:1", true)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b:1", "quay.io/a/b:2", false)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b@" + Zeros, "quay.io/a/b:1", true)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b@" + Zeros, "quay.io/a/b@" + Ones, true)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b@" + Zeros, "quay.io/a/c:1", false)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b@" + Zeros, "quay.io/a/b", false)]
    [InlineData("matchRepoDigestOrExact", "quay.io/a/b:1", "quay.io/a/b:1@" + Zeros, false)]
    [InlineData("matchRepository", "quay.io/a/b:1", "quay.io/a/b:2", true)]
    [InlineData("matchRepository", "quay.io/a/b:1", "quay.io/a/b", true)]
    [InlineData("matchRepository", "quay.io/a/b:1", "quay.io/a:1", false)]
    [InlineData("matchRepository", "quay.io/a/b:1", "no reference", false)]
    [InlineData("exactReference\",\"dockerReference\":\"quay.io/x/y:1", "quay.io/a/b:1", "quay.io/x/y:1", true)]
    [InlineData("exactReference\",\"dockerReference\":\"quay.io/x/y:1", "quay.io/x/y:2", "quay.io/x/y:2", false)]
    [InlineData("exactRepository\",\"dockerRepository\":\"quay.io/x/y", "quay.io/a/b:1", "quay.io/x/y:9", true)]
    [InlineData("exactRepository\",\"dockerRepository\":\"quay.io/x/y", "quay.io/a/b:1", "quay.io/a/b:1", false)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example\",\"signedPrefix\":\"quay.io", "mirror.example/a/b:1", "quay.io/a/b:1", true)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example\",\"signedPrefix\":\"quay.io", "mirror.example/a/b:1", "mirror.example/a/b:1", false)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example\",\"signedPrefix\":\"quay.io", "mirror.example:5000/a/b:1", "quay.io:5000/a/b:1", false)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example/quay\",\"signedPrefix\":\"quay.io", "mirror.example/quay/a/b@" + Zeros, "quay.io/a/b:3", true)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example/qu\",\"signedPrefix\":\"quay.io", "mirror.example/quay/a/b:1", "mirror.example/quay/a/b:1", true)]
    [InlineData("remapIdentity\",\"prefix\":\"mirror.example\",\"signedPrefix\":\"quay.io", "other.example/a/b:1", "other.example/a/b:1", true)]
    public void It_accepts_what_the_policy_means(string identity, string asked, string signed, bool accepted)
    {
        var json = $$$"""{"default":[{"type":"sigstoreSigned","keyPath":"/k","signedIdentity":{"type":"{{{identity}}}"}}]}""";
        var requirement = (SigstoreSigned)PolicyReader.Read(Encoding.UTF8.GetBytes(json), "p.json").Default[0];

        requirement.Identity.Accepts(ImageReference.Parse(asked), signed).Should().Be(accepted);
    }
}
