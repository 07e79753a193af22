using System.Text;
using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Policy;

public sealed class PolicyReaderTests
{
    private const string Accept = """[{"type":"insecureAcceptAnything"}]""";

    [Fact]
    public void A_policy_with_everything_that_may_be_in_it_is_read()
    {
        var policy = Read("""
            {
              "default": [{"type": "reject"}],
              "transports": {
                "docker": {
                  "": [{"type": "insecureAcceptAnything"}],
                  "registry.example:5000/team": [
                    {"type": "signedBy", "keyType": "GPGKeys", "keyPath": "/a.pub"},
                    {"type": "signedBy", "keyType": "GPGKeys", "keyPaths": ["/a.pub", "/b.pub"], "signedIdentity": {"type": "matchExact"}},
                    {"type": "signedBy", "keyType": "GPGKeys", "keyData": "AAEC", "signedIdentity": {"type": "matchRepository"}}
                  ],
                  "*.example": [
                    {"type": "sigstoreSigned", "keyPath": "/a.pem", "signedIdentity": {"type": "exactReference", "dockerReference": "quay.io/team/app:1"}},
                    {"type": "sigstoreSigned", "keyPaths": ["/a.pem"], "signedIdentity": {"type": "exactRepository", "dockerRepository": "quay.io/team/app"}},
                    {"type": "sigstoreSigned", "keyData": "AAEC", "signedIdentity": {"type": "remapIdentity", "prefix": "mirror.example", "signedPrefix": "quay.io/team"}},
                    {"type": "sigstoreSigned", "keyDatas": ["AAEC", "Aw=="], "signedIdentity": {"type": "matchRepoDigestOrExact"}}
                  ]
                },
                "docker-daemon": {"": [{"type": "insecureAcceptAnything"}]},
                "dir": {"/var/images": [{"type": "reject"}]},
                "a transport that nobody knows": {"anything": [{"type": "reject"}]}
              }
            }
            """);

        policy.Default.Should().ContainSingle().Which.Should().BeOfType<Requirement.Reject>();
        policy.Registries.Keys.Should().BeEquivalentTo("", "registry.example:5000/team", "*.example");
        var team = policy.Registries["registry.example:5000/team"].Cast<SignedBy>().ToList();
        team.Select(r => r.Identity).Should().Equal(new SignedIdentity.MatchRepoDigestOrExact(), new SignedIdentity.MatchExact(), new SignedIdentity.MatchRepository());
        team[1].Keys.Paths.Should().Equal("/a.pub", "/b.pub");
        team[2].Keys.Data.Should().ContainSingle().Which.Should().Equal(0, 1, 2);
        var others = policy.Registries["*.example"].Cast<SigstoreSigned>().ToList();
        others[2].Identity.Should().Be(new SignedIdentity.RemapIdentity("mirror.example", "quay.io/team"));
        others[3].Keys.Data.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("", "p.json: line 1")]
    [InlineData("[]", "p.json: want an object, not an array")]
    [InlineData("{}", "p.json: member \"default\" is missing")]
    [InlineData("""{"default":[]}""", "p.json: \"default\" has no requirement")]
    [InlineData("""{"default":null}""", "p.json: default: want an array, not null")]
    [InlineData("""{"default":@,"default":@}""", "p.json: member \"default\" is there twice")]
    [InlineData("""{"default":@,"def\u0061ult":@}""", "p.json: member \"default\" is there twice")]
    [InlineData("""{"default":@,"transport":{}}""", "p.json: unknown member \"transport\"")]
    [InlineData("""{"default":@,"transports":[]}""", "p.json: transports: want an object, not an array")]
    [InlineData("""{"default":@,"transports":{"docker":{"a/b":[{"type":"rejected"}]}}}""", "p.json: transports.docker.\"a/b\"[0]: unknown type \"rejected\"")]
    [InlineData("""{"default":@,"transports":{"docker":{"a":@,"a":@}}}""", "p.json: transports.docker: member \"a\" is there twice")]
    [InlineData("""{"default":[{"type":"reject","why":1}]}""", "p.json: default[0]: unknown member \"why\"")]
    [InlineData("""{"default":[{"type":7}]}""", "p.json: default[0].type: want a text, not a number")]
    [InlineData("""{"default":[{"type":"signedBaseLayer","baseLayerIdentity":{"type":"matchExact"}}]}""", "signedBaseLayer is not supported")]
    [InlineData("""{"default":[{"type":"signedBy","keyPath":"/a"}]}""", "p.json: default[0]: member \"keyType\" is missing")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"X509Certificates","keyPath":"/a"}]}""", "\"X509Certificates\" is not supported")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys"}]}""", "want exactly one of keyPath, keyPaths, keyData, not none")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","keyData":"AA=="}]}""", "not keyPath and keyData")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyDatas":["AA=="]}]}""", "want exactly one of")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":""}]}""", "keyPath is empty")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPaths":[]}]}""", "keyPaths is empty")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPaths":["/a",1]}]}""", "default[0].keyPaths[1]: want a text")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyData":"?"}]}""", "keyData is no base64")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","signedIdentity":{"type":"matchAll"}}]}""", "default[0].signedIdentity: unknown type \"matchAll\"")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","signedIdentity":{"type":"matchExact","x":1}}]}""", "signedIdentity: unknown member \"x\"")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","signedIdentity":{"type":"exactReference","dockerReference":"quay.io/a/b"}}]}""", "neither a tag nor a digest")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","signedIdentity":{"type":"exactRepository","dockerRepository":"A B"}}]}""", "dockerRepository is no image reference")]
    [InlineData("""{"default":[{"type":"signedBy","keyType":"GPGKeys","keyPath":"/a","signedIdentity":{"type":"remapIdentity","prefix":"busybox","signedPrefix":"quay.io"}}]}""", "prefix \"busybox\" is neither a host")]
    [InlineData("""{"default":[{"type":"sigstoreSigned","keyPath":"/a","rekorPublicKeyPath":"/r"}]}""", "rekorPublicKeyPath is not supported yet")]
    [InlineData("""{"default":[{"type":"sigstoreSigned","keyPath":"/a","rekorPublicKeyDatas":[]}]}""", "rekorPublicKeyDatas is not supported yet")]
    [InlineData("""{"default":[{"type":"sigstoreSigned","fulcio":{}}]}""", "fulcio is not supported yet")]
    [InlineData("""{"default":@,"transports":{"dir":{"/a":[{"type":"sigstoreSigned","pki":{}}]}}}""", "transports.dir.\"/a\"[0]: pki is not supported yet")]
    [InlineData("""{"default":@} {}""", "p.json: line 1")]
    [InlineData("{\"default\":@, // why not\n}", "p.json: line 1")]
    [InlineData("""{"default":[{"type":"\ud800"}]}""", "default[0].type: a text that is no valid Unicode")]
    public void What_is_wrong_is_refused_with_its_path(string json, string reason)
    {
        var read = () => Read(json.Replace("@", Accept, StringComparison.Ordinal));

        read.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument).And.Message.Should().Contain(reason);
    }

    [Theory]
    [InlineData("registry.example:5000/team/app:1", "docker:registry.example:5000/team/app:1")]
    [InlineData("registry.example:5000/team/app:2", "docker:registry.example:5000/team/app")]
    [InlineData("registry.example:5000/team/app@sha256:0000000000000000000000000000000000000000000000000000000000000000", "docker:registry.example:5000/team/app")]
    [InlineData("registry.example:5000/team/apple:1", "docker:registry.example:5000/team")]
    [InlineData("registry.example:5000/teams/app:1", "docker:registry.example:5000")]
    [InlineData("registry.example/team/app:1", "docker:*.example")]
    [InlineData("a.b.example/team/app:1", "docker:*.b.example")]
    [InlineData("example/app:1", "docker:docker.io")]
    [InlineData("elsewhere.org/app:1", "docker:")]
    public void The_most_specific_scope_wins(string reference, string scope)
    {
        var policy = Read("""
            {"default":@,"transports":{"docker":{"":@,"docker.io":@,"*.example":@,"*.b.example":@,"registry.example:5000":@,"registry.example:5000/team":@,
            "registry.example:5000/team/app":@,"registry.example:5000/team/app:1":@}}}
            """.Replace("@", Accept, StringComparison.Ordinal));

        policy.Of(ImageReference.Parse(reference)).Scope.Should().Be(scope);
    }

    [Fact]
    public void What_no_scope_names_is_the_defaults() =>
        Read("""{"default":@,"transports":{"docker":{"quay.io":@}}}""".Replace("@", Accept, StringComparison.Ordinal)).Of(ImageReference.Parse("busybox:1")).Scope.Should().Be("default");

    private static PolicyDocument Read(string json) => PolicyReader.Read(Encoding.UTF8.GetBytes(json), "p.json");
}
