using Ocid.Linux.Namespaces;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>The traffic of a pod's interfaces.</summary>
internal static class NetworkSamples
{
    private static readonly MetricDefinition ReceivedBytes = Counter("container_network_receive_bytes_total", "Cumulative count of bytes received.", "interface");
    private static readonly MetricDefinition ReceiveErrors = Counter("container_network_receive_errors_total", "Cumulative count of errors encountered while receiving.", "interface");
    private static readonly MetricDefinition ReceiveDrops = Counter("container_network_receive_packets_dropped_total", "Cumulative count of packets dropped while receiving.", "interface");
    private static readonly MetricDefinition ReceivedPackets = Counter("container_network_receive_packets_total", "Cumulative count of packets received.", "interface");
    private static readonly MetricDefinition SentBytes = Counter("container_network_transmit_bytes_total", "Cumulative count of bytes transmitted.", "interface");
    private static readonly MetricDefinition SendErrors = Counter("container_network_transmit_errors_total", "Cumulative count of errors encountered while transmitting.", "interface");
    private static readonly MetricDefinition SendDrops = Counter("container_network_transmit_packets_dropped_total", "Cumulative count of packets dropped while transmitting.", "interface");
    private static readonly MetricDefinition SentPackets = Counter("container_network_transmit_packets_total", "Cumulative count of packets transmitted.", "interface");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } =
        [ReceivedBytes, ReceiveErrors, ReceiveDrops, ReceivedPackets, SentBytes, SendErrors, SendDrops, SentPackets];

    public static IEnumerable<Sample> Of(IReadOnlyList<InterfaceCounters> counters) => counters.Where(one => one.Name != "lo").SelectMany(one => (Sample[])
    [
        ReceivedBytes.Of(one.ReceivedBytes, one.Name),
        ReceiveErrors.Of(one.ReceiveErrors, one.Name),
        ReceiveDrops.Of(one.ReceiveDrops, one.Name),
        ReceivedPackets.Of(one.ReceivedPackets, one.Name),
        SentBytes.Of(one.SentBytes, one.Name),
        SendErrors.Of(one.SendErrors, one.Name),
        SendDrops.Of(one.SendDrops, one.Name),
        SentPackets.Of(one.SentPackets, one.Name),
    ]);
}
