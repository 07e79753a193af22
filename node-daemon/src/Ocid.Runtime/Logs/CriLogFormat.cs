using System.Globalization;

namespace Ocid.Runtime.Logs;

// The log format of CRI: "TIMESTAMP STREAM TAG MESSAGE\n". F ends a line of the container, P does not.
// https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
internal static class CriLogFormat
{
    /// <summary>The longest message in one line; a longer one goes over several, tagged P but for the last.</summary>
    public const int LongestMessage = 16 * 1024;

    private const int TimestampLength = 30;
    private const int LongestHead = TimestampLength + 1 + 6 + 3;

    /// <summary>More than any one line of the log takes.</summary>
    public const int LongestLine = LongestHead + LongestMessage + 1;

    /// <summary>Formats as many lines as there are and as fit.</summary>
    /// <param name="input">What the container printed. What follows its last newline is left there, unless it is too long for one line.</param>
    /// <param name="atEnd">Whether nothing will follow: then the rest is taken too, with P, for it has no newline.</param>
    /// <param name="time">When.</param>
    /// <param name="stream"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="output">Where to; at least <see cref="LongestLine"/>.</param>
    /// <param name="consumed">How much of the input was taken.</param>
    /// <returns>How much of the output was filled.</returns>
    public static int Format(ReadOnlySpan<byte> input, bool atEnd, DateTimeOffset time, ReadOnlySpan<byte> stream, Span<byte> output, out int consumed)
    {
        Span<byte> head = stackalloc byte[LongestHead];
        var headLength = WriteHead(time, stream, head);
        head = head[..headLength];
        consumed = 0;
        var written = 0;
        while (TakeMessage(input[consumed..], atEnd, out var message, out var whole))
        {
            if (headLength + 2 + message + 1 > output.Length - written)
                break;
            head.CopyTo(output[written..]);
            written += headLength;
            output[written++] = whole ? (byte)'F' : (byte)'P';
            output[written++] = (byte)' ';
            input.Slice(consumed, message).CopyTo(output[written..]);
            written += message;
            output[written++] = (byte)'\n';
            consumed += message + (whole ? 1 : 0);
        }

        return written;
    }

    private static bool TakeMessage(ReadOnlySpan<byte> input, bool atEnd, out int length, out bool whole)
    {
        var window = input[..Math.Min(input.Length, LongestMessage + 1)];
        length = window.IndexOf((byte)'\n');
        whole = length >= 0;
        if (whole)
            return true;
        length = Math.Min(window.Length, LongestMessage);
        return window.Length > LongestMessage || (atEnd && window.Length > 0);
    }

    private static int WriteHead(DateTimeOffset time, ReadOnlySpan<byte> stream, Span<byte> head)
    {
        time.UtcDateTime.TryFormat(head, out var length, "yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '", CultureInfo.InvariantCulture);
        stream.CopyTo(head[length..]);
        length += stream.Length;
        head[length++] = (byte)' ';
        return length;
    }
}
