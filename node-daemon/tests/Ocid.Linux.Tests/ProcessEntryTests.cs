namespace Ocid.Linux.Tests;

public sealed class ProcessEntryTests
{
    [Fact]
    public void TryParse_reads_past_a_name_made_to_confuse()
    {
        ProcessEntry.TryParse("12 (a) R (b) S 3 4 5 0 -1 6 7 8 9 10 11 12 13 14 20 0 1 0 99 0", out var entry).Should().BeTrue();

        entry.Should().Be(new ProcessEntry(12, 'S', 3, 4, 5, 99));
    }

    [Fact]
    public void All_contains_this_process() =>
        ProcessEntry.All().Should().Contain(entry => entry.Pid == Environment.ProcessId);
}
