using System.Diagnostics;
using System.Text;
using Prometheus;

namespace Ocid.Compat.Tests;

public sealed class ExpositionTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    private MetricFactory Factory => Metrics.WithCustomRegistry(_registry);

    [Fact]
    public async Task Counters_and_gauges_are_written_one_sample_a_line()
    {
        Factory.CreateCounter("things_total", "Things.").Inc(2);
        Factory.CreateGauge("level", "Level.", "side").WithLabels("left").Set(-1.5);

        (await TextAsync()).Should().Be(
            "# HELP things_total Things.\n# TYPE things_total counter\nthings_total 2\n"
            + "# HELP level Level.\n# TYPE level gauge\nlevel{side=\"left\"} -1.5\n");
    }

    [Fact]
    public async Task A_histogram_is_cumulative_and_ends_with_infinity()
    {
        var histogram = Factory.CreateHistogram("wait_seconds", "Wait.", new HistogramConfiguration { Buckets = [0.1, 1] });
        histogram.Observe(0.1);
        histogram.Observe(0.5);
        histogram.Observe(7);

        (await TextAsync()).Should().EndWith(
            "wait_seconds_bucket{le=\"0.1\"} 1\nwait_seconds_bucket{le=\"1\"} 2\nwait_seconds_bucket{le=\"+Inf\"} 3\n"
            + "wait_seconds_sum 7.6\nwait_seconds_count 3\n");
    }

    [Fact]
    public async Task Label_values_and_help_are_escaped()
    {
        Factory.CreateGauge("odd", "a\\b\nc", "l").WithLabels("q\"\\\n").Set(double.PositiveInfinity);

        (await TextAsync()).Should().Be("# HELP odd a\\\\b\\nc\n# TYPE odd gauge\nodd{l=\"q\\\"\\\\\\n\"} +Inf\n");
    }

    [Fact]
    public void A_metric_asked_for_twice_is_the_same_and_of_another_type_is_refused()
    {
        var first = Factory.CreateCounter("x_total", "X.");

        Factory.CreateCounter("x_total", "X.").Should().BeSameAs(first);
        FluentActions.Invoking(() => Factory.CreateGauge("x_total", "X.")).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Threads_lose_no_increments()
    {
        var counter = Factory.CreateCounter("x_total", "X.", "l");

        Parallel.For(0, 10_000, i => counter.WithLabels((i % 3).ToString()).Inc(0.5));

        counter.GetAllLabelValues().Sum(labels => counter.WithLabels(labels).Value).Should().Be(5_000);
    }

    [SkippableFact]
    public async Task Promtool_parses_it()
    {
        Skip.IfNot(File.Exists("/usr/bin/promtool"), "needs promtool (Debian package prometheus)");
        Factory.CreateHistogram("wait_seconds", "Wait.", "l").WithLabels("a\"b\\c\nd é").Observe(0.1);
        Factory.CreateGauge("level", "Level\nover two lines.").Set(double.NaN);
        Factory.CreateCounter("things_total", "Things.").Inc(1e21);

        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(await TextAsync());
        promtool.StandardInput.Close();

        (await promtool.StandardError.ReadToEndAsync()).Should().BeEmpty();
        await promtool.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        promtool.ExitCode.Should().Be(0);
    }

    private async Task<string> TextAsync()
    {
        using var stream = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
