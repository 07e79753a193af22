using Ocid.Daemon.Commands;
using Ocid.Daemon.Commands.Progress;
using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Primitives;

namespace Ocid.Daemon.Tests.Commands;

public sealed class ProgressTests : IDisposable
{
    private static readonly Digest s_blob = Digest.Sha256("blob"u8);
    private static readonly ImageReference s_image = ImageReference.Parse("registry.example/app:1");
    private static readonly PulledImage s_pulled = new(ImageId.OfConfig(Digest.Sha256("config"u8)), s_image, Digest.Sha256("manifest"u8));

    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose() => _error.Dispose();

    private Terminal Terminal => new(TextWriter.Null, _error, IsInteractive: false);

    [Fact]
    public async Task Programs_are_told_of_a_pull_in_lines_of_JSON()
    {
        await PullScreen.ShowAsync(Terminal, ProgressKind.Messages, [s_image], Pull);

        _error.ToString().Should().Be($$"""
            {"status":"Pulling from registry.example/app","id":"1"}
            {"status":"Downloading","id":"{{s_blob}}","progressDetail":{"current":5,"total":10} }
            {"status":"Pull complete","id":"{{s_blob}}"}
            {"status":"Already exists","id":"{{s_blob}}"}
            {"status":"Digest: {{s_pulled.ManifestDigest}}"}
            {"id":"{{s_pulled.Id.Value}}","images":["{{s_pulled.Id.Value}}"]}

            """.Replace("} }", "}}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Programs_are_told_why_a_pull_failed()
    {
        var pull = () => PullScreen.ShowAsync(Terminal, ProgressKind.Messages, [s_image], _ => throw new OcidException(ErrorKind.NotFound, "no \"such\" image"));

        await pull.Should().ThrowAsync<OcidException>();
        _error.ToString().Should().EndWith("{\"error\":\"no \\\"such\\\" image\"}\n");
    }

    [Fact]
    public async Task People_are_told_of_each_layer_once()
    {
        await PullScreen.ShowAsync(Terminal, ProgressKind.Lines, [s_image], Pull);

        _error.ToString().Should().Be($"pulling registry.example/app:1\nlayer {s_blob.Hex[..12]}: 10 B\n");
    }

    [Fact]
    public async Task A_push_is_told_alike()
    {
        await PushScreen.ShowAsync(Terminal, ProgressKind.Messages, s_image, push =>
        {
            push!.Report(new PushProgress(PushStage.Layer, s_blob, 5, 10));
            push.Report(new PushProgress(PushStage.LayerReused, s_blob, 0, 10));
            return Task.FromResult(new PushedImage(s_pulled.Id, s_image, s_pulled.ManifestDigest));
        });

        _error.ToString().Split('\n').Should().Equal(
            "{\"status\":\"The push refers to repository [registry.example/app]\"}",
            $$"""{"status":"Pushing","id":"{{s_blob}}","progressDetail":{"current":5,"total":10} }""".Replace("} }", "}}", StringComparison.Ordinal),
            $$"""{"status":"Layer already exists","id":"{{s_blob}}"}""",
            $$"""{"status":"1: digest: {{s_pulled.ManifestDigest}}"}""",
            "");
    }

    [Fact]
    public async Task Nobody_is_told_who_wants_quiet()
    {
        await PullScreen.ShowAsync(Terminal, ProgressKind.None, [s_image], progress =>
        {
            progress.Should().BeNull();
            return Task.FromResult(s_pulled);
        });

        _error.ToString().Should().BeEmpty();
    }

    private static Task<PulledImage> Pull(IProgress<PullProgress>? progress)
    {
        progress!.Report(new PullProgress(PullStage.Resolving));
        progress.Report(new PullProgress(PullStage.Layer, s_blob, 5, 10, 5));
        progress.Report(new PullProgress(PullStage.LayerReady, s_blob, 10, 10, 10));
        progress.Report(new PullProgress(PullStage.LayerReused, s_blob, 10, 10));
        progress.Report(new PullProgress(PullStage.Done));
        return Task.FromResult(s_pulled);
    }
}
