using Ocid.Linux.Namespaces;

namespace Ocid.Linux.Tests.Namespaces;

public sealed class InterfaceCountersTests
{
    private const string Captured =
        """
        Inter-|   Receive                                                |  Transmit
         face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            lo: 1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
          eth0:18446744073709551615 20 1 2 0 0 0 0 300 30 3 4 0 0 0 0
        """;

    [Fact]
    public void Parse_reads_every_interface() =>
        InterfaceCounters.Parse(Captured).Should().Equal(
            new InterfaceCounters("lo", 1000, 10, 0, 0, 1000, 10, 0, 0),
            new InterfaceCounters("eth0", ulong.MaxValue, 20, 1, 2, 300, 30, 3, 4));
}
