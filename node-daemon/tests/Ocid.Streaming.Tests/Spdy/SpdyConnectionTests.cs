using System.Buffers.Binary;
using Ocid.Streaming.Spdy;
using Ocid.Testing.Streaming;

namespace Ocid.Streaming.Tests.Spdy;

public sealed class SpdyConnectionTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly SpdyLimits Small = new() { Streams = 2, UnreadOfStream = 128 * 1024, Unread = 192 * 1024 };

    private readonly Wire _wire = new();
    private readonly SpdyConnection _connection;
    private readonly SpdyTestClient _client;
    private readonly Task _running;

    public SpdyConnectionTests()
    {
        _connection = new SpdyConnection(_wire.Server, headers => !headers.ContainsKey("unwanted"), Small);
        _client = SpdyTestClient.Over(_wire.Client);
        _running = _connection.RunAsync(CancellationToken.None);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public void Dispose() => _connection.Dispose();

    public async Task DisposeAsync()
    {
        _wire.CloseClient();
        await _running.WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _wire.CloseServer();
        await _client.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_has_its_headers_and_carries_bytes_both_ways_to_each_end()
    {
        var theirs = await _client.OpenAsync("streamType", "data", "port", "80");
        var ours = await _connection.Opened.ReadAsync();
        ours.Headers.Should().Contain("streamtype", "data").And.Contain("port", "80");

        await theirs.SendAsync("ping", fin: true);
        using (var reader = new StreamReader(ours))
            (await reader.ReadToEndAsync()).Should().Be("ping");
        await ours.WriteAsync("pong"u8.ToArray());
        await ours.CompleteAsync(CancellationToken.None);

        (await theirs.ReadTextAsync()).Should().Be("pong");
    }

    [Fact]
    public async Task Unwanted_streams_and_those_beyond_the_limit_are_refused_and_their_headers_still_read()
    {
        await FluentActions.Awaiting(() => _client.OpenAsync("unwanted", "1")).Should().ThrowAsync<IOException>().WithMessage("*reset with status 3*");
        var first = await _client.OpenAsync("a", "1");
        await _client.OpenAsync("a", "2");
        await FluentActions.Awaiting(() => _client.OpenAsync("a", "3")).Should().ThrowAsync<IOException>().WithMessage("*reset with status 3*");

        await first.ResetAsync();
        (await _connection.Opened.ReadAsync()).Headers["a"].Should().Be("1");
        (await _connection.Opened.ReadAsync()).Headers["a"].Should().Be("2");
        await _client.OpenAsync("a", "4");
        (await _connection.Opened.ReadAsync()).Headers["a"].Should().Be("4");
    }

    [Fact]
    public async Task A_client_that_sends_what_nobody_reads_is_stopped()
    {
        var theirs = await _client.OpenAsync("a", "1");
        var ours = await _connection.Opened.ReadAsync();
        var sent = 0;
        var flood = Task.Run(async () =>
        {
            for (; sent < 4 * 1024 * 1024; sent += 16 * 1024)
                await theirs.SendAsync(new byte[16 * 1024]);
            await theirs.FinishAsync();
        });

        await Task.WhenAny(flood, Task.Delay(1000));

        flood.IsCompleted.Should().BeFalse();
        sent.Should().BeLessThan(512 * 1024, "128 KiB may be unread, and 64 KiB lie in the connection and in a buffer");
        var read = 0L;
        var buffer = new byte[64 * 1024];
        while (await ours.ReadAsync(buffer).AsTask().WaitAsync(Limit) is > 0 and var count)
            read += count;
        await flood.WaitAsync(Limit);
        read.Should().Be(4 * 1024 * 1024);
    }

    [Fact]
    public async Task What_is_sent_to_a_stream_that_discards_does_not_stop_the_client()
    {
        var theirs = await _client.OpenAsync("a", "1");
        (await _connection.Opened.ReadAsync()).DiscardInput();

        for (var sent = 0; sent < 4 * 1024 * 1024; sent += 64 * 1024)
            await theirs.SendAsync(new byte[64 * 1024]).WaitAsync(Limit);
    }

    [Fact]
    public async Task A_client_that_sets_windows_gets_no_more_than_they_take()
    {
        await _client.SendAsync(Frame(4, 1, 7, 100)); // SETTINGS: one entry, the initial window, 100 bytes
        var theirs = await _client.OpenAsync("a", "1");
        var ours = await _connection.Opened.ReadAsync();

        var writing = ours.WriteAsync(new byte[250]).AsTask();
        var received = new byte[250];
        await theirs.Input.ReadExactlyAsync(received.AsMemory(0, 100)).AsTask().WaitAsync(Limit);
        writing.IsCompleted.Should().BeFalse();

        await _client.SendAsync(Frame(9, 1, 150));
        await theirs.Input.ReadExactlyAsync(received.AsMemory(100)).AsTask().WaitAsync(Limit);
        await writing.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_client_without_windows_gets_everything()
    {
        var theirs = await _client.OpenAsync("a", "1");
        var ours = await _connection.Opened.ReadAsync();

        var writing = ours.WriteAsync(new byte[1024 * 1024]).AsTask();

        await theirs.Input.ReadExactlyAsync(new byte[1024 * 1024]).AsTask().WaitAsync(Limit);
        await writing.WaitAsync(Limit);
    }

    [Fact]
    public async Task A_stream_that_the_client_resets_fails_its_reader_and_its_writer()
    {
        var theirs = await _client.OpenAsync("a", "1");
        var ours = await _connection.Opened.ReadAsync();
        var reading = ours.ReadAsync(new byte[1]).AsTask();

        await theirs.ResetAsync();

        await FluentActions.Awaiting(() => reading.WaitAsync(Limit)).Should().ThrowAsync<IOException>().WithMessage("*reset*");
        await FluentActions.Awaiting(() => ours.WriteAsync(new byte[1]).AsTask()).Should().ThrowAsync<IOException>().WithMessage("*reset*");
    }

    public static TheoryData<string, byte[]> BadFrames => new()
    {
        { "version 2", Bytes(0x8002_0001, 0) },
        { "not opened", Bytes(77, 4, 1) },
        { "not opened", Bytes(0, 4, 1) },
        { "too short", Bytes(0x8003_0001, 4, 1) },
        { "at most 32768", Bytes(0x8003_0001, 0xff_ffff) },
        { "stream 2", Bytes(0x8003_0001, 12, 2, 0, 0) },
        { "stream 0", Bytes(0x8003_0001, 12, 0, 0, 0) },
        { "no zlib stream", Bytes(0x8003_0001, 12, 1, 0, 0x0000_ffff) },
        { "another length", Bytes(0x8003_0004, 8, 7, 0) },
        { "another length", Bytes(0x8003_0004, 4, uint.MaxValue) },
        { "too short", Bytes(0x8003_0004, 0) },
        { "too short", Bytes(0x8003_0006, 0) },
        { "too short", Bytes(0x8003_0003, 0) },
        { "too short", Bytes(0x8003_0008, 0) },
        { "by nothing", Bytes(0x8003_0009, 8, 0, 0) },
        { "too short", Bytes(0x8003_0009, 4, 0) },
        { "not opened", Bytes(0x8003_0002, 4, 1) },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task A_client_that_breaks_the_protocol_is_cut_off(string reason, byte[] frame)
    {
        await _client.SendAsync(frame);

        await FluentActions.Awaiting(() => _running.WaitAsync(Limit)).Should().ThrowAsync<SpdyException>().WithMessage($"*{reason}*");
        _connection.Opened.Completion.IsCompleted.Should().BeTrue();
    }

    [Fact]
    public async Task A_window_that_is_widened_beyond_its_limit_ends_the_connection()
    {
        await _client.SendAsync(Frame(9, 0, int.MaxValue));

        await FluentActions.Awaiting(() => _running.WaitAsync(Limit)).Should().ThrowAsync<SpdyException>().WithMessage("*2 GiB*");
    }

    [Fact]
    public async Task A_connection_that_ends_inside_a_frame_is_an_error()
    {
        var theirs = await _client.OpenAsync("a", "1");
        var ours = await _connection.Opened.ReadAsync();
        await _client.SendAsync(Bytes(1, 1000, 1));
        _wire.CloseClient();

        await FluentActions.Awaiting(() => _running.WaitAsync(Limit)).Should().ThrowAsync<SpdyException>().WithMessage("*inside a frame*");
        await FluentActions.Awaiting(async () => await ours.CopyToAsync(Stream.Null)).Should().ThrowAsync<IOException>();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Noise_ends_the_connection_and_nothing_else(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 2000 && !_running.IsCompleted; i++)
        {
            var frame = new byte[8 + random.Next(64)];
            random.NextBytes(frame);
            BinaryPrimitives.WriteUInt32BigEndian(frame, random.Next(4) == 0 ? (uint)random.Next(4) : 0x8003_0000u + (uint)random.Next(12));
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), random.Next(4) << 24 | (frame.Length - 8));
            await Task.WhenAny(_client.SendAsync(frame), _running).WaitAsync(Limit);
        }

        _wire.CloseClient();
        var ended = await Record.ExceptionAsync(() => _running.WaitAsync(Limit));
        (ended is null or IOException).Should().BeTrue($"it ended with {ended}");
    }

    private static byte[] Frame(ushort type, params uint[] numbers) => Bytes([0x8003_0000u | type, (uint)numbers.Length * 4, .. numbers]);

    private static byte[] Bytes(params uint[] numbers)
    {
        var bytes = new byte[numbers.Length * 4];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), numbers[i]);
        return bytes;
    }
}
