using Ocid.Images.Configuration;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

public sealed class ImageConfigTests
{
    [Fact]
    public void Every_member_is_read()
    {
        var config = ImageConfig.Parse("""
            {
              "created": "2024-05-06T07:08:09.123456789Z", "architecture": "arm64", "os": "linux", "variant": "v8",
              "config": {
                "User": "1000:ops", "Env": ["A=1", "B=2"], "Entrypoint": ["/bin/a"], "Cmd": ["b"], "WorkingDir": "/w",
                "StopSignal": "SIGINT", "Labels": {"k": "v"}, "Volumes": {"/data": {}}, "ExposedPorts": {"80/tcp": {}}
              },
              "rootfs": {"type": "layers", "diff_ids": ["sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"]},
              "history": [{"created_by": "x"}]
            }
            """u8);

        config.Should().BeEquivalentTo(new { Architecture = "arm64", OperatingSystem = "linux", Variant = "v8" });
        config.Created!.Value.ToUnixTimeSeconds().Should().Be(1714979289);
        config.Defaults.Should().BeEquivalentTo(new
        {
            User = "1000:ops",
            Environment = new[] { "A=1", "B=2" },
            Entrypoint = new[] { "/bin/a" },
            Command = new[] { "b" },
            WorkingDirectory = "/w",
            StopSignal = "SIGINT",
            Labels = new Dictionary<string, string> { ["k"] = "v" },
            Volumes = new[] { "/data" },
            ExposedPorts = new[] { "80/tcp" },
        });
        config.Layers.DiffIds.Should().ContainSingle();
    }

    [Theory]
    [InlineData("""{"config": null, "rootfs": null}""")]
    [InlineData("""{"config": {"Env": null, "Labels": null, "Volumes": null}}""")]
    [InlineData("{}")]
    public void What_is_absent_or_null_is_empty(string json)
    {
        var config = ImageConfig.Parse(System.Text.Encoding.UTF8.GetBytes(json));

        config.Architecture.Should().BeEmpty();
        config.Defaults.Environment.Should().BeEmpty();
        config.Defaults.Labels.Should().BeEmpty();
        config.Defaults.Volumes.Should().BeEmpty();
        config.Defaults.User.Should().BeEmpty();
        config.Layers.DiffIds.Should().BeEmpty();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"rootfs": {"diff_ids": ["sha256:../../etc/passwd"]}}""")]
    [InlineData("""{"rootfs": {"diff_ids": [7]}}""")]
    public void What_is_no_configuration_is_refused(string json)
    {
        var parse = () => ImageConfig.Parse(System.Text.Encoding.UTF8.GetBytes(json));

        parse.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.DataLoss);
    }
}
