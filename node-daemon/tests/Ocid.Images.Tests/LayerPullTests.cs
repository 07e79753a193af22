using Ocid.Images.Configuration;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage.Archive;
using Ocid.Testing;

namespace Ocid.Images.Tests;

public sealed class LayerPullTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-layer-pull-").FullName;
    private readonly RegistryTransport _transport = new();

    [SkippableTheory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.V2S2)]
    public async Task Every_layer_of_an_image_comes_onto_disk(ImageFormat format)
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        var missing = Tool.FirstMissing("docker-registry", "skopeo", "umoci");
        Skip.If(missing is not null, $"needs {missing}");
        await using var server = await LocalRegistry.StartAsync();
        var reference = ImageReference.Parse(await server.PushAsync(await TestImages.DebianAsync(), "debian", format: format));
        using var registry = new RegistryClient(_transport, reference, null, tlsVerify: false, TimeProvider.System);

        var manifest = await registry.ReadManifestAsync("latest", CancellationToken.None);
        var config = ImageConfig.Parse(await registry.ReadBlobAsync(manifest.Config, CancellationToken.None));

        manifest.Layers.Should().HaveCount(5).And.HaveSameCount(config.Layers.DiffIds);
        for (var at = 0; at < manifest.Layers.Count; at++)
        {
            var diff = Directory.CreateDirectory(Path.Combine(_folder, $"{at}")).FullName;
            var received = 0L;
            var pull = new LayerPull(registry, manifest.Layers[at], config.Layers.DiffIds[at], ExtractionLimits.Default, TimeProvider.System, length => received = length);
            await pull.RunAsync(diff, Path.Combine(_folder, $"{at}.tar-split.gz"), CancellationToken.None);
            received.Should().Be(manifest.Layers[at].Size);
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
