using System.Text.Json;
using System.Threading.Channels;

namespace Ocid.Streaming.Commands;

/// <summary>The sizes of the client's terminal: JSON objects, one behind the other.</summary>
internal sealed class ResizeEvents
{
    // An object has two numbers; a client that sends something longer sends something else.
    private const int LongestObject = 1024;

    private readonly Channel<TerminalSize> _sizes = Channel.CreateBounded<TerminalSize>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true });

    /// <summary>The latest size that nobody has taken yet.</summary>
    public ChannelReader<TerminalSize> Sizes => _sizes.Reader;

    /// <summary>Reads to the channel's end, or to the first thing that is no size: a terminal that is not resized is no reason to end the command.</summary>
    public async Task ReadAsync(ByteChannel channel, CancellationToken ct)
    {
        var buffer = new byte[LongestObject];
        var length = 0;
        try
        {
            while (length < buffer.Length && await channel.ReadAsync(buffer.AsMemory(length), ct) is > 0 and var count)
            {
                length += count;
                var used = Take(buffer.AsSpan(0, length));
                buffer.AsSpan(used, length - used).CopyTo(buffer);
                length -= used;
            }
        }
        catch (Exception ended) when (ended is IOException or JsonException or OperationCanceledException)
        {
            // See the summary.
        }
        finally
        {
            _sizes.Writer.TryComplete();
            channel.DiscardInput();
        }
    }

    // How much of the bytes are whole objects.
    private int Take(ReadOnlySpan<byte> bytes)
    {
        var used = 0;
        while (TryRead(bytes[used..], out var size, out var count))
        {
            used += count;
            if (size is { Columns: > 0, Rows: > 0 })
                _sizes.Writer.TryWrite(size);
        }

        return used;
    }

    private static bool TryRead(ReadOnlySpan<byte> bytes, out TerminalSize size, out int count)
    {
        (size, count) = (default, 0);
        if (bytes.TrimStart(" \r\n\t"u8).IsEmpty)
            return false;
        var reader = new Utf8JsonReader(bytes, isFinalBlock: false, default);
        if (!JsonDocument.TryParseValue(ref reader, out var document))
            return false;
        using (document)
        {
            count = (int)reader.BytesConsumed;
            size = new TerminalSize(Number(document.RootElement, "Width"), Number(document.RootElement, "Height"));
            return true;
        }
    }

    private static ushort Number(JsonElement size, string name) =>
        size.ValueKind == JsonValueKind.Object && size.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetUInt16(out var value)
            ? value
            : throw new JsonException($"no {name}");
}
