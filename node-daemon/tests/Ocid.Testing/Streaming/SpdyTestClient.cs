using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Ocid.Testing.Streaming;

/// <summary>
/// A client's side of SPDY/3.1 that shares no code with the server. As the clients of the Kubernetes world, it neither minds nor widens windows.
/// </summary>
/// <remarks>https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/</remarks>
public sealed class SpdyTestClient : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly ConcurrentDictionary<uint, SpdyTestChannel> _streams = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly TaskCompletionSource _resume = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private uint _next = 1;
    private bool _begun;

    private SpdyTestClient(Stream stream) => _stream = stream;

    /// <summary>The protocol that the server chose; null when it named none.</summary>
    public string? Protocol { get; private init; }

    /// <summary>Asks for an upgrade with POST.</summary>
    /// <param name="url">What the runtime gave out, http or https; a certificate is not checked.</param>
    /// <param name="protocols">As <c>X-Stream-Protocol-Version</c>, best first.</param>
    /// <exception cref="HttpRequestException">The server refused; the message is its status line.</exception>
    public static async Task<SpdyTestClient> ConnectAsync(Uri url, params string[] protocols)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(url.Host, url.Port);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (url.Scheme == "https")
            stream = await AuthenticateAsync(stream);
        var request = new StringBuilder($"POST {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nContent-Length: 0\r\n");
        foreach (var protocol in protocols)
            request.Append($"X-Stream-Protocol-Version: {protocol}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\n"));
        var answer = await ReadAnswerAsync(stream);
        if (!answer[0].StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
        {
            await stream.DisposeAsync();
            throw new HttpRequestException(answer[0]);
        }

        return Over(stream, answer.FirstOrDefault(line => line.StartsWith("X-Stream-Protocol-Version: ", StringComparison.OrdinalIgnoreCase))?.Split(": ")[1]);
    }

    /// <summary>Speaks SPDY over a stream that is connected.</summary>
    public static SpdyTestClient Over(Stream stream, string? protocol = null)
    {
        var client = new SpdyTestClient(stream) { Protocol = protocol };
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>Until <see cref="Resume"/> is called, nothing more is read from the connection.</summary>
    public bool Paused { get; set; }

    /// <summary>Reads again.</summary>
    public void Resume()
    {
        Paused = false;
        _resume.TrySetResult();
    }

    /// <summary>Opens a stream and waits for the server's answer.</summary>
    /// <param name="headers">Name and value, in turn.</param>
    public async Task<SpdyTestChannel> OpenAsync(params string[] headers)
    {
        var block = new MemoryStream();
        WriteNumber(block, headers.Length / 2);
        foreach (var text in headers)
        {
            WriteNumber(block, text.Length);
            block.Write(Encoding.ASCII.GetBytes(text));
        }

        var compressed = Compress(block.ToArray());
        var stream = new SpdyTestChannel(this, _next);
        _streams[_next] = stream;
        var frame = new byte[18 + compressed.Length];
        WriteHeader(frame, 0x8003_0001, 0, 10 + compressed.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), _next);
        compressed.CopyTo(frame, 18);
        _next += 2;
        await SendAsync(frame);
        await stream.Answered;
        return stream;
    }

    /// <summary>Sends any frame, however wrong.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> frame)
    {
        await _writing.WaitAsync();
        try
        {
            await _stream.WriteAsync(frame);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Completes when the server has closed the connection.</summary>
    public Task Closed => _reading;

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Resume();
        await _stream.DisposeAsync();
        await _reading;
        _writing.Dispose();
    }

    internal Task SendDataAsync(uint stream, ReadOnlyMemory<byte> bytes, bool fin)
    {
        var frame = new byte[8 + bytes.Length];
        WriteHeader(frame, stream, fin ? (byte)1 : (byte)0, bytes.Length);
        bytes.CopyTo(frame.AsMemory(8));
        return SendAsync(frame);
    }

    internal Task SendResetAsync(uint stream)
    {
        var frame = new byte[16];
        WriteHeader(frame, 0x8003_0003, 0, 8);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), stream);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(12), 5);
        return SendAsync(frame);
    }

    private static async Task<Stream> AuthenticateAsync(Stream stream)
    {
        var tls = new SslStream(stream);
#pragma warning disable CA5359 // the certificate is the test's own
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", RemoteCertificateValidationCallback = (_, _, _, _) => true });
#pragma warning restore CA5359
        return tls;
    }

    private static async Task<string[]> ReadAnswerAsync(Stream stream)
    {
        var answer = new StringBuilder();
        var one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
            answer.Append((char)one[0]);
        return answer.ToString().Split("\r\n");
    }

    private static void WriteNumber(MemoryStream block, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        block.Write(bytes);
    }

    private static void WriteHeader(byte[] frame, uint first, byte flags, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame, first);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), (uint)flags << 24 | (uint)length);
    }

    // A zlib stream that names the preset dictionary and uses none of it: stored blocks.
    private byte[] Compress(byte[] block)
    {
        byte[] start = _begun ? [] : [0x78, 0x20, 0xe3, 0xc6, 0xa7, 0xc2];
        _begun = true;
        byte[] stored = [0, (byte)block.Length, (byte)(block.Length >> 8), (byte)~block.Length, (byte)(~block.Length >> 8)];
        return [.. start, .. stored, .. block, 0, 0, 0, 0xff, 0xff];
    }

    // Ends with the connection, however that ends: the streams tell.
    private async Task ReadAsync()
    {
        var header = new byte[8];
        try
        {
            while (true)
            {
                await _stream.ReadExactlyAsync(header);
                var payload = new byte[BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)) & 0xff_ffff];
                await _stream.ReadExactlyAsync(payload);
                Receive(header, payload);
                if (Paused)
                    await _resume.Task;
            }
        }
        catch (Exception ended) // of whatever kind the transport has; each stream's reader gets it
        {
            foreach (var stream in _streams.Values)
                stream.End(new IOException("the connection has ended", ended));
        }
    }

    private void Receive(byte[] header, byte[] payload)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(header);
        var isData = first < 0x8000_0000;
        var id = isData ? first : payload.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff;
        if (!_streams.TryGetValue(id, out var stream))
            return;
        if (isData)
            stream.Add(payload, isLast: (header[4] & 1) != 0);
        else if (first == 0x8003_0002)
            stream.Answer();
        else if (first == 0x8003_0003)
            stream.End(new IOException($"stream {id} was reset with status {BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(4))}"));
    }
}
