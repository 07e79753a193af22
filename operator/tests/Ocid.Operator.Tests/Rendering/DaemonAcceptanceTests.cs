using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cluster.Entities;
using Ocid.Daemon.Configuration;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;
using Ocid.Operator.Tests.Merging;
using Ocid.Primitives;
using Ocid.Toml;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;
using SignedIdentity = Ocid.Operator.Merging.SignedIdentity;

namespace Ocid.Operator.Tests.Rendering;

/// <summary>What is rendered means to the daemon what the RuntimeConfig said.</summary>
public sealed class DaemonAcceptanceTests : IDisposable
{
    private readonly RevisionDirectory _node;

    public DaemonAcceptanceTests()
    {
        var layer = A.Layer(
            "all", 0, (Fields.StorageRoot, "/data/store"), (Fields.StorageDriver, "overlay"), (Fields.StorageDurability, "None"), (Fields.LogLevel, "Warn"),
            (Fields.PullProgressTimeout, "90s"), (Fields.MetricsAddress, "127.0.0.1:19537"), (Fields.DefaultHandler, "kata-runc")) with
        {
            Handlers = [new HandlerRule("kata-runc", "/opt/kata/runc")],
        };
        layer = (layer with
        {
            Values = new Dictionary<string, TomlValue>(layer.Values)
            {
                [Fields.PidsLimit] = new TomlInteger(2048),
                [Fields.StorageMountOptions] = new TomlArray([new TomlString("nodev")]),
                [Fields.StorageAdditionalImageStores] = new TomlArray([new TomlString("/usr/lib/images")]),
                [Fields.SearchRegistries] = new TomlArray([new TomlString("quay.io"), new TomlString("docker.io")]),
            },
        })
            .With(
                new RegistryRule
                {
                    Prefix = "docker.io",
                    Mirrors = [new MirrorRule("mirror.example:5000/hub", MirrorPull.DigestOnly, IsInsecure: true)],
                    Authorities = Contents.Authorities,
                    Credentials = Contents.Credentials,
                },
                new RegistryRule { Prefix = "*.bad.example", IsBlocked = true },
                new RegistryRule { Prefix = "registry.example/prod", Location = "moved.example/prod" })
            .Signing(
                A.Reject, enforced: true,
                A.Policy("registry.example/prod", new SigningRequirement.Signed(TrustType.PublicKey, new SigningKey(A.Key, null), new SignedIdentity(IdentityMatch.MatchRepository))),
                A.Policy("*.gpg.example", new SigningRequirement.Signed(TrustType.GPG, new SigningKey(null, Contents.Authorities), new SignedIdentity(IdentityMatch.RemapIdentity, "a.gpg.example", "vendor.example"))),
                A.Policy("exact.example", new SigningRequirement.Signed(TrustType.PublicKey, new SigningKey(A.Key, null), new SignedIdentity(IdentityMatch.ExactRepository, "vendor.example/app"))),
                A.Policy("docker.io/library", A.Accept, "team"));
        var contents = new Contents
        {
            [Contents.Authorities] = Certificate(),
            [Contents.Credentials] = """{"auths":{"mirror.example:5000":{"username":"u","password":"p:w"}}}""",
        };
        var rendered = new Renderer("0.1.0").Render(Merge.Of([layer]).Configuration, contents);
        rendered.Problems.Should().BeEmpty();
        _node = new RevisionDirectory(rendered.Revision!);
    }

    private ImageConfigurationRoots Roots => new([_node.Path]);

    [Fact]
    public void Its_settings()
    {
        var options = ConfigurationFiles.Load(new ConfigurationRequest { File = _node.MainFile, StorageFiles = [], FindProgram = _ => null }).Options;

        options.LogLevel.Should().Be(LogLevel.Warning);
        options.MetricsAddress!.Port.Should().Be(19537);
        options.Storage.Root.Should().Be("/data/store");
        options.Storage.Durable.Should().BeFalse();
        options.Storage.MountOptions.Should().Equal("nodev");
        options.Storage.AdditionalImageStores.Should().Equal("/usr/lib/images");
        options.Runtime.DefaultHandler.Should().Be("kata-runc");
        options.Runtime.Handlers.Single(handler => handler.Name == "kata-runc").Program.Should().Be("/opt/kata/runc");
        options.Runtime.PidsLimit.Should().Be(2048);
        options.Images.PullProgressTimeout.Should().Be(TimeSpan.FromSeconds(90));
        options.Images.ConfigurationDirectories.Should().Equal(_node.Path, "/etc/ocid", "/etc/containers");
        options.Images.SignaturePolicyDirectory.Should().Be(_node.At("policies"));
    }

    [Fact]
    public void Its_registries()
    {
        var warnings = new List<string>();

        var file = new RegistriesFileReader("registries.conf", warnings.Add).Read(File.ReadAllBytes(_node.At("registries.conf")), isDropIn: false);

        warnings.Should().BeEmpty();
        file.SearchRegistries.Should().Equal("quay.io", "docker.io");
        file.Registries.Select(entry => (entry.Prefix, entry.Location, entry.Blocked)).Should().BeEquivalentTo(
            new (string, string?, bool)[] { ("docker.io", "docker.io", false), ("*.bad.example", null, true), ("registry.example/prod", "moved.example/prod", false) });
        file.Registries.Single(entry => entry.Prefix == "docker.io").Mirrors.Should().Equal(
            new Mirror("mirror.example:5000/hub", true, Images.Registries.MirrorUse.DigestOnly));
    }

    [Fact]
    public void Its_signature_policies()
    {
        var policy = new SignaturePolicy(Roots, _node.At("policies"), NullLoggerFactory.Instance);

        policy.InForce(null, null).Should().NotBeNull();
        policy.InForce("team", null).Should().NotBeSameAs(policy.InForce(null, null));
        PolicyReader.Read(File.ReadAllBytes(_node.At("policies/team.json")), "team.json").Of(ImageReference.Parse("docker.io/library/busybox:1")).Scope.Should().Contain("docker.io/library");
    }

    [Fact]
    public void Where_signatures_are()
    {
        var entries = LookasideReader.Read(File.ReadAllBytes(_node.At("registries.d/ocid.yaml")), "ocid.yaml");

        entries.Keys.Should().BeEquivalentTo("registry.example/prod", "exact.example");
        entries.Values.Should().OnlyContain(entry => entry.UseSigstoreAttachments == true);
    }

    [Fact]
    public void Its_credentials()
    {
        var file = AuthFile.Read(new LiveReading(), new AuthFileLocation(_node.At("auth.json")));

        var found = file.Find(ImageReference.Parse("mirror.example:5000/hub/library/busybox"));

        (found!.Username, found.Password).Should().Be(("u", "p:w"));
        file.Find(ImageReference.Parse("docker.io/library/busybox")).Should().BeNull();
    }

    [Fact]
    public void Its_certificate_authorities()
    {
        var folder = CertificateFolder.For(new Uri("https://mirror.example:5000/v2/"), Roots);

        CertificateFolder.Read(new LiveReading(), folder!).Authorities.Should().ContainSingle().Which.Subject.Should().Be("CN=corp");
    }

    public void Dispose() => _node.Dispose();

    private static string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=corp", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return certificate.ExportCertificatePem();
    }
}
