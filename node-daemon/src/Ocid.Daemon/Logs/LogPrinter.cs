using System.Text;

namespace Ocid.Daemon.Logs;

/// <summary>Writes a container's output as it came: standard output and standard error apart, split lines joined.</summary>
internal sealed class LogPrinter(Stream output, Stream error, bool timestamps)
{
    private bool _outputIsWithin;
    private bool _errorIsWithin;

    public async Task PrintAsync(ReadOnlyMemory<byte> line, CancellationToken ct)
    {
        if (LogLine.Parse(line) is not { } parsed)
        {
            await error.WriteAsync(Encoding.UTF8.GetBytes("ocid: skipped a line that is not in the log format of CRI\n"), ct).ConfigureAwait(false);
            return;
        }

        var isWithin = parsed.IsError ? _errorIsWithin : _outputIsWithin;
        byte[] text = [.. timestamps && !isWithin ? parsed.Time.Span : [], .. timestamps && !isWithin ? " "u8 : [], .. parsed.Message.Span, .. parsed.IsWhole ? "\n"u8 : []];
        await (parsed.IsError ? error : output).WriteAsync(text, ct).ConfigureAwait(false);
        if (parsed.IsError)
            _errorIsWithin = !parsed.IsWhole;
        else
            _outputIsWithin = !parsed.IsWhole;
    }
}
