using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Policy;

public sealed class LookasideConfigurationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-lookaside-").FullName;
    private readonly LookasideConfiguration _configuration;

    public LookasideConfigurationTests() =>
        _configuration = new LookasideConfiguration(new ImageConfigurationRoots([Path.Combine(_folder, "ocid"), Path.Combine(_folder, "containers")]));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_configuration_signatures_are_where_all_tools_keep_them()
    {
        var image = ImageReference.Parse("quay.io/a/b:1");

        _configuration.ReadFrom(image).Should().Be("file:///var/lib/containers/sigstore");
        _configuration.HasAttachments(image).Should().BeFalse();
    }

    [Fact]
    public void Each_member_is_taken_from_the_most_specific_scope_that_has_it()
    {
        Write("containers", "a.yaml", """
            default-docker:
              sigstore: https://default.example/sigs
              sigstore-staging: file:///srv/staging
            docker:
              quay.io:
                use-sigstore-attachments: true
              quay.io/a:
                lookaside: file:///srv/a
              "*.example":
                lookaside: http://web.example/
                unheard-of: 1
            """);

        _configuration.ReadFrom(ImageReference.Parse("quay.io/a/b:1")).Should().Be("file:///srv/a");
        _configuration.WriteTo(ImageReference.Parse("quay.io/a/b:1")).Should().Be("file:///srv/a");
        _configuration.HasAttachments(ImageReference.Parse("quay.io/a/b:1")).Should().BeTrue();
        _configuration.ReadFrom(ImageReference.Parse("quay.io/c:1")).Should().Be("https://default.example/sigs");
        _configuration.WriteTo(ImageReference.Parse("quay.io/c:1")).Should().Be("file:///srv/staging");
        _configuration.ReadFrom(ImageReference.Parse("r.example:5000/c:1")).Should().Be("http://web.example/");
    }

    [Fact]
    public void Our_directory_comes_before_the_common_one_scope_by_scope()
    {
        Write("containers", "a.yaml", "docker:\n  quay.io: {lookaside: 'file:///common'}\n  ghcr.io: {lookaside: 'file:///common'}");
        Write("ocid", "a.yaml", "docker:\n  quay.io: {lookaside: 'file:///ours'}");

        _configuration.ReadFrom(ImageReference.Parse("quay.io/a:1")).Should().Be("file:///ours");
        _configuration.ReadFrom(ImageReference.Parse("ghcr.io/a:1")).Should().Be("file:///common");
    }

    [Fact]
    public void A_change_is_in_force_at_once()
    {
        var image = ImageReference.Parse("quay.io/a:1");
        _configuration.HasAttachments(image).Should().BeFalse();

        Write("ocid", "a.yaml", "docker:\n  quay.io: {use-sigstore-attachments: true}");
        _configuration.HasAttachments(image).Should().BeTrue();
        Write("ocid", "a.yaml", "docker:\n  quay.io: {use-sigstore-attachments: false}");

        _configuration.HasAttachments(image).Should().BeFalse();
    }

    [Theory]
    [InlineData("docker: [", "a.yaml:")]
    [InlineData("docker:\n  quay.io: 1", "a.yaml:2: want a mapping")]
    [InlineData("docker:\n  quay.io:\n    lookaside: ftp://a/b", "a.yaml:3: lookaside: want")]
    [InlineData("docker:\n  quay.io:\n    use-sigstore-attachments: maybe", "a.yaml:3: use-sigstore-attachments")]
    [InlineData("docker:\n  quay.io: {}\n  quay.io: {}", "a.yaml:")]
    public void What_is_wrong_is_refused_with_its_line(string yaml, string reason)
    {
        Write("ocid", "a.yaml", yaml);

        var ask = () => _configuration.HasAttachments(ImageReference.Parse("quay.io/a:1"));

        ask.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument).And.Message.Should().Contain(reason);
    }

    [Fact]
    public void One_scope_in_two_files_of_a_directory_is_refused()
    {
        Write("ocid", "a.yaml", "docker:\n  quay.io: {}");
        Write("ocid", "b.yaml", "docker:\n  quay.io: {}");

        var ask = () => _configuration.HasAttachments(ImageReference.Parse("quay.io/a:1"));

        ask.Should().Throw<OcidException>().And.Message.Should().Contain("b.yaml: \"quay.io\" is also in").And.Contain("a.yaml");
    }

    private void Write(string directory, string file, string yaml)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, directory, "registries.d"));
        File.WriteAllText(Path.Combine(folder.FullName, file), yaml);
    }
}
