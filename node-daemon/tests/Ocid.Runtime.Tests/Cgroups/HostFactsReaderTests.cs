using Ocid.Runtime.Cgroups;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class HostFactsReaderTests
{
    [Fact]
    public void The_bounding_set_is_read_bit_by_bit()
    {
        var set = HostFactsReader.ParseBoundingSet("Name:\tx\nCapBnd:\t000001fffeffffff\nCapAmb:\t0\n");

        set.Should().HaveCount(40).And.NotContain("CAP_SYS_RESOURCE").And.Contain(["CAP_CHOWN", "CAP_CHECKPOINT_RESTORE"]);
    }

    [Theory]
    [InlineData("6.1.0-13-amd64\n", "6.1")]
    [InlineData("5.15-rc1", "5.15")]
    [InlineData("6.18.44", "6.18")]
    public void The_kernels_version_is_its_first_two_numbers(string release, string expected) =>
        HostFactsReader.ParseKernel(release).Should().Be(Version.Parse(expected));

    [Fact]
    public void Hard_limits_are_the_second_number()
    {
        var limits = HardLimits.Parse("""
            Limit                     Soft Limit           Hard Limit           Units
            Max cpu time              unlimited            unlimited            seconds
            Max open files            1024                 20000                files
            Max nice priority         0                    0
            """);

        limits.Should().Equal(new Dictionary<string, ulong> { ["RLIMIT_CPU"] = ulong.MaxValue, ["RLIMIT_NOFILE"] = 20000, ["RLIMIT_NICE"] = 0 });
    }

    [Fact]
    public void This_host_can_be_read()
    {
        var facts = HostFactsReader.Read();

        facts.HardRlimits.Should().ContainKey("RLIMIT_NOFILE");
        facts.Kernel.Major.Should().BePositive();
    }
}
