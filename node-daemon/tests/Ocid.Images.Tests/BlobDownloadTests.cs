using System.Net;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

public sealed class BlobDownloadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 7 / 3))];

    private readonly RegistryTransport _transport = new();

    private static BlobTransfer Small => new() { RangesFrom = 500_000, RangeLength = 128 * 1024 };

    private BlobTransfer Transfer { get; set; } = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broken_connection_goes_on_where_it_broke(bool ranges)
    {
        var requests = 0;
        await using var server = new ScriptedRegistry(async context =>
        {
            var start = context.Request.Headers["Range"] is { } range && ranges ? int.Parse(range["bytes=".Length..^1]) : 0;
            context.Response.StatusCode = (int)(start > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK);
            if (start > 0)
                context.Response.AddHeader("Content-Range", $"bytes {start}-{Content.Length - 1}/{Content.Length}");
            if (Interlocked.Increment(ref requests) < 3)
            {
                context.Response.ContentLength64 = Content.Length - start;
                await context.Response.OutputStream.WriteAsync(Content.AsMemory(start, 300_000));
                await context.Response.OutputStream.FlushAsync();
                context.Response.Abort();
            }
            else
            {
                await ScriptedRegistry.SendAsync(context, Content[start..], status: (HttpStatusCode)context.Response.StatusCode);
            }
        });

        (await DownloadAsync(server, Blob(Content), CancellationToken.None)).Should().Equal(Content);
    }

    [Fact]
    public async Task Other_content_of_the_same_length_is_refused()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, new byte[Content.Length]));

        await RefusesAsync(server, Blob(Content), ErrorKind.DataLoss);
    }

    [Fact]
    public async Task More_than_the_manifest_says_is_refused()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Content));

        await RefusesAsync(server, Blob(Content[..1000]), ErrorKind.DataLoss);
    }

    [Fact]
    public async Task A_body_that_always_ends_early_is_given_up()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Content[..1000]));

        (await RefusesAsync(server, Blob(Content), ErrorKind.Unavailable)).Message.Should().StartWith("RegistryUnavailable: ");
    }

    [Fact]
    public async Task Cancelling_ends_a_transfer_that_hangs()
    {
        var released = new TaskCompletionSource();
        await using var server = new ScriptedRegistry(async context =>
        {
            context.Response.ContentLength64 = Content.Length;
            await context.Response.OutputStream.WriteAsync(Content.AsMemory(0, 1000));
            await context.Response.OutputStream.FlushAsync();
            await released.Task;
        });
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        var download = () => DownloadAsync(server, Blob(Content), cancel.Token).WaitAsync(TimeSpan.FromSeconds(60));

        await download.Should().ThrowAsync<OperationCanceledException>();
        released.SetResult();
    }

    [Fact]
    public async Task A_big_blob_comes_in_ranges_several_at_a_time()
    {
        Transfer = Small;
        var together = new TaskCompletionSource();
        var (running, most) = (0, 0);
        await using var server = new ScriptedRegistry(async context =>
        {
            // The first answer tells whether there are ranges at all.
            if (RangeOf(context).From > 0)
            {
                lock (together)
                    most = Math.Max(most, ++running);
                if (most == 3)
                    together.TrySetResult();
                await together.Task.WaitAsync(TimeSpan.FromSeconds(20));
                lock (together)
                    running--;
            }

            await SendRangeAsync(context);
        });

        (await DownloadAsync(server, Blob(Content), CancellationToken.None)).Should().Equal(Content);
        most.Should().Be(3);
    }

    [Fact]
    public async Task A_big_blob_comes_whole_where_the_registry_has_no_ranges()
    {
        Transfer = Small;
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Content));

        (await DownloadAsync(server, Blob(Content), CancellationToken.None)).Should().Equal(Content);
        server.Requests.Count(r => r.Path.Contains("/blobs/")).Should().Be(1);
    }

    [Fact]
    public async Task A_range_that_breaks_goes_on_where_it_broke()
    {
        Transfer = Small;
        var broken = new HashSet<string>();
        await using var server = new ScriptedRegistry(async context =>
        {
            var first = false;
            lock (broken)
                first = broken.Count < 4 && broken.Add(context.Request.Headers["Range"]!);
            await SendRangeAsync(context, first ? 30_000 : int.MaxValue);
        });

        (await DownloadAsync(server, Blob(Content), CancellationToken.None)).Should().Equal(Content);
    }

    [Fact]
    public async Task What_is_fetched_ahead_is_bounded()
    {
        var content = new byte[8 << 20];
        Transfer = Small;
        var asked = 0L;
        await using var server = new ScriptedRegistry(context =>
        {
            var (from, to) = RangeOf(context);
            Interlocked.Add(ref asked, to - from + 1);
            return SendRangeAsync(context, content: content);
        });

        // Nobody reads: the relay's eight buffers fill, and three ranges behind them.
        var downloaded = await DownloadAsync(server, Blob(content), CancellationToken.None, beforeReading: async () =>
        {
            for (var before = -1L; before != Interlocked.Read(ref asked); await Task.Delay(500))
                before = Interlocked.Read(ref asked);
            asked.Should().BeInRange(1, (8 * 128 * 1024) + (4 * Small.RangeLength));
        });

        downloaded.Should().HaveCount(content.Length);
    }

    [Fact]
    public async Task A_drip_is_no_progress()
    {
        Transfer = new BlobTransfer { ProgressTimeout = TimeSpan.FromMilliseconds(300) };
        await using var server = new ScriptedRegistry(async context =>
        {
            context.Response.ContentLength64 = Content.Length;
            for (var at = 0; at < 100; at++)
            {
                await context.Response.OutputStream.WriteAsync(Content.AsMemory(at, 1));
                await context.Response.OutputStream.FlushAsync();
                await Task.Delay(50);
            }
        });

        (await RefusesAsync(server, Blob(Content), ErrorKind.Unavailable)).Message.Should().StartWith("RegistryUnavailable: ");
    }

    [Fact]
    public async Task Waiting_for_the_disk_is_no_stall()
    {
        Transfer = new BlobTransfer { ProgressTimeout = TimeSpan.FromMilliseconds(500) };
        var content = new byte[8 << 20];
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, content));

        var downloaded = await DownloadAsync(server, Blob(content), CancellationToken.None, beforeReading: () => Task.Delay(1500));

        downloaded.Should().HaveCount(content.Length);
        server.Requests.Count(r => r.Path.Contains("/blobs/")).Should().Be(1);
    }

    public void Dispose() => _transport.Dispose();

    private static Descriptor Blob(byte[] content) => new() { Digest = Digest.Sha256(content), Size = content.Length };

    private async Task<OcidException> RefusesAsync(ScriptedRegistry server, Descriptor blob, ErrorKind kind)
    {
        var download = () => DownloadAsync(server, blob, CancellationToken.None);
        var failure = (await download.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(kind);
        return failure;
    }

    private async Task<byte[]> DownloadAsync(ScriptedRegistry server, Descriptor blob, CancellationToken ct, Func<Task>? beforeReading = null)
    {
        using var registry = new RegistryClient(_transport, ImageReference.Parse($"{server.Host}/app"), null, tlsVerify: false, TimeProvider.System);
        using var stages = new Stages(ct);
        using var relay = new Relay(stages.Token);
        using var received = new MemoryStream();
        stages.Add(() => new BlobDownload(registry, blob, Transfer, TimeProvider.System, null).RunAsync(relay, stages.Token));
        stages.Add(async () =>
        {
            if (beforeReading is not null)
                await beforeReading();
            await Task.Factory.StartNew(() => relay.CopyTo(received, 10_000), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        });
        await stages.WhenAllAsync();
        return received.ToArray();
    }

    private static (int From, int To) RangeOf(HttpListenerContext context)
    {
        var range = context.Request.Headers["Range"]!["bytes=".Length..].Split('-');
        return (int.Parse(range[0]), int.Parse(range[1]));
    }

    private static async Task SendRangeAsync(HttpListenerContext context, int most = int.MaxValue, byte[]? content = null)
    {
        content ??= Content;
        var (from, to) = RangeOf(context);
        context.Response.StatusCode = (int)HttpStatusCode.PartialContent;
        context.Response.Headers["Content-Range"] = $"bytes {from}-{to}/{content.Length}";
        context.Response.ContentLength64 = to - from + 1;
        await context.Response.OutputStream.WriteAsync(content.AsMemory(from, Math.Min(most, to - from + 1)));
        if (most < to - from + 1)
        {
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
        }
        else
        {
            context.Response.Close();
        }
    }
}
