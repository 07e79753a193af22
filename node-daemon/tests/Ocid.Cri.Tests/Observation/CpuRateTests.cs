using Ocid.Cri.Observation;

namespace Ocid.Cri.Tests.Observation;

public sealed class CpuRateTests
{
    private const long Second = 1_000_000_000;
    private readonly CpuRate _rate = new();

    [Fact]
    public void One_reading_tells_no_rate() => _rate.Next(5, Second).Should().BeNull();

    [Fact]
    public void Half_a_processor_over_two_seconds_is_half_a_billion_nanocores()
    {
        _rate.Next(100, Second);
        _rate.Next(100 + (ulong)Second, 3 * Second).Should().Be(500_000_000);
    }

    [Fact]
    public void Readings_close_together_keep_the_last_answer()
    {
        _rate.Next(0, Second);
        _rate.Next((ulong)Second, 2 * Second).Should().Be(1_000_000_000);
        _rate.Next((ulong)Second, (2 * Second) + 1).Should().Be(1_000_000_000);
    }

    [Fact]
    public void A_counter_that_begins_again_and_a_clock_set_back_make_a_new_start()
    {
        _rate.Next(100, 10 * Second);
        _rate.Next(50, 12 * Second).Should().BeNull();
        _rate.Next(60, 5 * Second).Should().BeNull();
        _rate.Next(60 + (ulong)Second, 6 * Second).Should().Be(1_000_000_000);
    }
}
