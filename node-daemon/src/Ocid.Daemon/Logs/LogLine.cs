namespace Ocid.Daemon.Logs;

/// <summary>One line of a container's log file: <c>time SP stdout|stderr SP P|F SP message</c>.</summary>
/// <param name="Time">The time stamp as written.</param>
/// <param name="IsError">Standard error.</param>
/// <param name="IsWhole">The message ends here; otherwise the next line of the stream goes on with it.</param>
/// <param name="Message">The container's own bytes.</param>
internal readonly record struct LogLine(ReadOnlyMemory<byte> Time, bool IsError, bool IsWhole, ReadOnlyMemory<byte> Message)
{
    /// <summary>Reads a line without its line feed; null when it is none of ours.</summary>
    public static LogLine? Parse(ReadOnlyMemory<byte> line)
    {
        var time = line.Span.IndexOf((byte)' ');
        if (time <= 0)
            return null;

        var rest = line[(time + 1)..];
        var isError = rest.Span.StartsWith("stderr "u8);
        if (!isError && !rest.Span.StartsWith("stdout "u8))
            return null;

        rest = rest["stdout ".Length..];
        // The tag may carry more than the flag: P:… or F:…
        var tag = rest.Span.IndexOf((byte)' ');
        if (tag <= 0 || rest.Span[0] is not ((byte)'P' or (byte)'F'))
            return null;

        return new LogLine(line[..time], isError, rest.Span[0] == (byte)'F', rest[(tag + 1)..]);
    }
}
