using Ocid.Cri.Observation.Samples;
using Ocid.Runtime.Cgroups.Stats;

namespace Ocid.Cri.Tests.Observation;

public sealed class ProcessSamplesTests
{
    [Fact]
    public void Processes_threads_descriptors_and_sockets_are_counted()
    {
        using var server = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Dgram, System.Net.Sockets.ProtocolType.Udp);
        var self = Environment.ProcessId;

        var values = ProcessSamples.Of(new HashSet<int> { self }, new PidsUsage(7, 100), self).ToDictionary(sample => sample.Metric.Name, sample => sample.Value);

        values["container_processes"].Should().Be(1);
        values["container_threads"].Should().Be(7);
        values["container_threads_max"].Should().Be(100);
        values["container_sockets"].Should().BeGreaterThanOrEqualTo(1);
        values["container_file_descriptors"].Should().BeGreaterThan(values["container_sockets"]);
        values["container_ulimits_soft"].Should().BePositive();
    }

    [Fact]
    public void A_process_that_is_gone_counts_no_descriptors() =>
        ProcessSamples.Of(new HashSet<int> { int.MaxValue }, null, int.MaxValue).Select(sample => (sample.Metric.Name, sample.Value))
            .Should().BeEquivalentTo([("container_processes", 1d), ("container_file_descriptors", 0d), ("container_sockets", 0d), ("container_threads", 1d), ("container_threads_max", 0d)]);
}
