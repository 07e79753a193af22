using System.Text;
using Ocid.Cri.Metrics;
using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Metrics;

public sealed class PullMetricsTests
{
    private static readonly Digest s_one = Digest.Sha256("one"u8);
    private static readonly Digest s_two = Digest.Sha256("two"u8);
    private static readonly ImageReference s_image = ImageReference.Parse("registry.example/app:1");

    private readonly CriMetrics _metrics = new(Prometheus.Metrics.NewCustomRegistry());

    [Fact]
    public async Task Bytes_are_counted_while_they_come()
    {
        var pull = _metrics.Pulls.Observe(s_image);

        pull.Report(new PullProgress(PullStage.Resolving));
        pull.Report(new PullProgress(PullStage.Layer, s_one, 0, 100));
        pull.Report(new PullProgress(PullStage.Layer, s_two, 0, 50));
        pull.Report(new PullProgress(PullStage.Layer, s_one, 60, 100, 40)); // twenty were kept from before

        (await TextAsync()).Should().Contain("ocid_image_pulls_bytes_total 40\n")
            .And.Contain("ocid_image_pull_transferred_bytes{image=\"registry.example/app:1\"} 60\n")
            .And.Contain("ocid_image_pull_size_bytes{image=\"registry.example/app:1\"} 150\n");
    }

    [Fact]
    public async Task Layers_that_were_here_are_counted_apart_and_an_image_that_is_here_is_shown_no_more()
    {
        var pull = _metrics.Pulls.Observe(s_image);

        pull.Report(new PullProgress(PullStage.LayerReused, s_two, 50, 50));
        pull.Report(new PullProgress(PullStage.Layer, s_one, 60, 100, 60));
        pull.Report(new PullProgress(PullStage.Layer, s_one, 10, 100, 10)); // it came anew
        pull.Report(new PullProgress(PullStage.LayerReady, s_one, 100, 100, 100));
        pull.Report(new PullProgress(PullStage.Done));

        (await TextAsync()).Should().Contain("ocid_image_pulls_bytes_total 160\n")
            .And.Contain("ocid_image_pulls_skipped_bytes_total 50\n")
            .And.Contain("ocid_image_layer_reuse_total 1\n")
            .And.Contain("ocid_image_pulls_layer_size_bytes_sum 100\n")
            .And.NotContain("{image=");
    }

    private async Task<string> TextAsync()
    {
        using var text = new MemoryStream();
        await _metrics.Registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
