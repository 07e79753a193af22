using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring.Protocol;

internal static class Packet
{
    /// <summary>The longest; well under what a socket's buffer takes at once.</summary>
    public const int Longest = 96 * 1024;

    public static byte[] Write(Request request) => Checked(JsonSerializer.SerializeToUtf8Bytes(request, MonitorJson.Default.Request));

    public static byte[] Write(Reply reply) => Checked(JsonSerializer.SerializeToUtf8Bytes(reply, MonitorJson.Default.Reply));

    public static Request ReadRequest(ReadOnlySpan<byte> packet) =>
        JsonSerializer.Deserialize(packet, MonitorJson.Default.Request) ?? throw new JsonException("null");

    public static Reply ReadReply(ReadOnlySpan<byte> packet) =>
        JsonSerializer.Deserialize(packet, MonitorJson.Default.Reply) ?? throw new JsonException("null");

    private static byte[] Checked(byte[] packet) => packet.Length <= Longest
        ? packet
        : throw new OcidException(ErrorKind.ResourceExhausted, $"monitor packet: {packet.Length} bytes, at most {Longest}");
}
