using System.Globalization;

namespace Ocid.Linux.Namespaces;

/// <summary>The traffic of one network interface, in bytes and packets since it was made.</summary>
/// <param name="Name">The interface.</param>
/// <param name="ReceivedBytes">Bytes in.</param>
/// <param name="ReceivedPackets">Packets in.</param>
/// <param name="ReceiveErrors">Receive errors.</param>
/// <param name="ReceiveDrops">Packets in that were dropped.</param>
/// <param name="SentBytes">Bytes out.</param>
/// <param name="SentPackets">Packets out.</param>
/// <param name="SendErrors">Transmit errors.</param>
/// <param name="SendDrops">Packets out that were dropped.</param>
public sealed record InterfaceCounters(
    string Name,
    ulong ReceivedBytes,
    ulong ReceivedPackets,
    ulong ReceiveErrors,
    ulong ReceiveDrops,
    ulong SentBytes,
    ulong SentPackets,
    ulong SendErrors,
    ulong SendDrops)
{
    private const int Columns = 16;

    /// <summary>Reads the content of a /proc/net/dev file (proc(5)); lines that are none of its form are left out.</summary>
    public static IReadOnlyList<InterfaceCounters> Parse(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var counters = new List<InterfaceCounters>();
        foreach (var line in content.Split('\n'))
        {
            // The name may hold a colon (an alias), the numbers may follow it without a space.
            var colon = line.LastIndexOf(':');
            if (colon < 0)
                continue;
            var columns = line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length >= Columns && TryNumbers(columns, out var n))
                counters.Add(new InterfaceCounters(line[..colon].Trim(), n[0], n[1], n[2], n[3], n[8], n[9], n[10], n[11]));
        }

        return counters;
    }

    private static bool TryNumbers(string[] columns, out ulong[] numbers)
    {
        numbers = new ulong[Columns];
        for (var i = 0; i < Columns; i++)
        {
            if (!ulong.TryParse(columns[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                return false;
        }

        return true;
    }
}
