using Ocid.Primitives;

namespace Ocid.Networking.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("10M", 10_000_000)]
    [InlineData("1.5Gi", 1_610_612_736)]
    [InlineData("12e6", 12_000_000)]
    [InlineData("3E3", 3_000)]
    [InlineData("100500m", 101)]
    [InlineData("+7k", 7_000)]
    [InlineData("1P", 1_000_000_000_000_000)]
    [InlineData("-5", -5)]
    public void TryParse_reads_what_kubernetes_writes(string text, long value)
    {
        Quantity.TryParse(text, out var parsed).Should().BeTrue();
        parsed.Should().Be(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("10 M")]
    [InlineData("10KB")]
    [InlineData("1e99")]
    [InlineData("99Ei")]
    [InlineData("1.2.3")]
    public void TryParse_refuses_the_rest(string text) => Quantity.TryParse(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("999")]
    [InlineData("2P")]
    [InlineData("fast")]
    public void A_bandwidth_outside_1k_to_1P_is_refused(string text) =>
        FluentActions.Invoking(() => PodBandwidth.FromAnnotations(new Dictionary<string, string> { ["kubernetes.io/ingress-bandwidth"] = text }))
            .Should().Throw<OcidException>();

    [Fact]
    public void No_annotation_is_no_limit() => PodBandwidth.FromAnnotations(new Dictionary<string, string>()).Should().BeNull();
}
