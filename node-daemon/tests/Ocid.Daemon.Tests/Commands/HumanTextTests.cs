using Ocid.Daemon.Commands;

namespace Ocid.Daemon.Tests.Commands;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(4_264_000, "4.26 MB")]
    [InlineData(42_000, "42.0 kB")]
    [InlineData(999_600, "1.00 MB")]
    [InlineData(123_456_789, "123 MB")]
    public void Sizes_have_three_digits(long bytes, string text) => HumanText.Size(bytes).Should().Be(text);

    [Theory]
    [InlineData(0.5, "just now")]
    [InlineData(1, "1 second ago")]
    [InlineData(59, "59 seconds ago")]
    [InlineData(3600, "1 hour ago")]
    [InlineData(86400 * 45, "45 days ago")]
    [InlineData(86400 * 100, "3 months ago")]
    [InlineData(86400 * 365 * 3, "2 years ago")]
    public void Ages_are_in_their_largest_unit(double seconds, string text) =>
        HumanText.Ago(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(seconds)).Should().Be(text);
}
