using Ocid.Images.Live;
using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Registries;

public sealed class RegistriesConfTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_any_file_short_names_are_of_docker_io()
    {
        var list = Read();

        list.SearchRegistries.Should().Equal("docker.io");
        list.EndpointsOf(ImageReference.Parse("busybox")).Single().Reference.Domain.Should().Be("docker.io");
    }

    [Fact]
    public void The_first_directory_that_has_the_file_or_its_drop_ins_is_the_only_one()
    {
        _folder.Write("second/registries.conf", "unqualified-search-registries = ['second.example']");
        _folder.Write("second/registries.conf.d/x.conf", "[[registry]]\nlocation = 'x.example'\nblocked = true");
        Read().SearchRegistries.Should().Equal("second.example");

        _folder.Write("first/registries.conf.d/y.conf", "[[registry]]\nlocation = 'y.example'\ninsecure = true");

        var list = Read();
        list.SearchRegistries.Should().Equal("docker.io");
        list.EndpointsOf(ImageReference.Parse("x.example/x")).Should().ContainSingle();
        list.EndpointsOf(ImageReference.Parse("y.example/x"))[0].Insecure.Should().BeTrue();
    }

    [Fact]
    public void Drop_ins_are_read_by_name_and_only_conf_files()
    {
        _folder.Write("first/registries.conf", "unqualified-search-registries = ['main.example']");
        _folder.Write("first/registries.conf.d/20.conf", "unqualified-search-registries = ['twenty.example']");
        _folder.Write("first/registries.conf.d/10.conf", "unqualified-search-registries = ['ten.example']");
        _folder.Write("first/registries.conf.d/30.conf.bak", "unqualified-search-registries = ['backup.example']");
        _folder.Write("first/registries.conf.d/below/40.conf", "unqualified-search-registries = ['below.example']");

        Read().SearchRegistries.Should().Equal("twenty.example");
    }

    private RegistryList Read() => RegistriesConf.Read(
        new LiveReading(), new ImageRegistriesOptions { Roots = new ImageConfigurationRoots([_folder.At("first"), _folder.At("second")]) });
}
