using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>This program's own standard streams as those of a command in a container.</summary>
/// <param name="client">The connection.</param>
/// <param name="hasInput">Whether this program's input is the command's.</param>
/// <param name="hasTerminal">Whether the command is on a terminal, which this program's then stands for.</param>
internal sealed class CommandClient(ChannelClient client, bool hasInput, bool hasTerminal)
{
    private const byte Input = 0;
    private const byte Output = 1;
    private const byte Error = 2;
    private const byte Status = 3;
    private const byte Resize = 4;
    private const int LargestStatus = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _status = new();

    /// <summary>Copies until the command has ended.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OcidException">It could not be run.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var raw = hasTerminal && hasInput && ControllingTerminal.TryGetSize(out _, out _) ? ControllingTerminal.MakeRaw() : null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var resized = hasTerminal ? PosixSignalRegistration.Create(PosixSignal.SIGWINCH, signal => _ = SendSizeAsync(over.Token)) : null;
        // Neither is awaited at the end: a read of standard input cannot be cancelled, and ends with this program.
        _ = hasTerminal ? SendSizeAsync(over.Token) : Task.CompletedTask;
        _ = hasInput ? FeedAsync(over.Token) : Task.CompletedTask;
        using var output = Console.OpenStandardOutput();
        using var error = Console.OpenStandardError();
        try
        {
            await client.ReceiveAllAsync((channel, piece) => ReceiveAsync(channel, piece, output, error, ct), ct).ConfigureAwait(false);
            return CommandOutcome.ExitCode(_status.WrittenMemory);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(byte channel, ReadOnlyMemory<byte> piece, Stream output, Stream error, CancellationToken ct)
    {
        switch (channel)
        {
            case Output:
                await output.WriteAsync(piece, ct).ConfigureAwait(false);
                break;
            case Error:
                await error.WriteAsync(piece, ct).ConfigureAwait(false);
                break;
            case Status when _status.WrittenCount + piece.Length <= LargestStatus:
                _status.Write(piece.Span);
                break;
        }
    }

    // What becomes of the connection is told by its reader.
    private async Task FeedAsync(CancellationToken ct)
    {
        try
        {
            using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            var buffer = new byte[32 * 1024];
            while (await input.ReadAsync(buffer, ct).ConfigureAwait(false) is > 0 and var count)
                await client.SendAsync(Input, buffer.AsMemory(0, count), ct).ConfigureAwait(false);
            await client.SendEndAsync(Input, ct).ConfigureAwait(false);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // See above.
        }
    }

    private async Task SendSizeAsync(CancellationToken ct)
    {
        if (!ControllingTerminal.TryGetSize(out var columns, out var rows) || columns == 0 || rows == 0)
            return;
        try
        {
            var size = string.Create(CultureInfo.InvariantCulture, $$"""{"Width":{{columns}},"Height":{{rows}}}""");
            await client.SendAsync(Resize, Encoding.ASCII.GetBytes(size), ct).ConfigureAwait(false);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // See above.
        }
    }
}
