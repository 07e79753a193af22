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

    public void Dispose() => _transport.Dispose();

    private static Descriptor Blob(byte[] content) => new() { Digest = Digest.Sha256(content), Size = content.Length };

    private async Task<OcidException> RefusesAsync(ScriptedRegistry server, Descriptor blob, ErrorKind kind)
    {
        var download = () => DownloadAsync(server, blob, CancellationToken.None);
        var failure = (await download.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(kind);
        return failure;
    }

    private async Task<byte[]> DownloadAsync(ScriptedRegistry server, Descriptor blob, CancellationToken ct)
    {
        using var registry = new RegistryClient(_transport, ImageReference.Parse($"{server.Host}/app"), null, tlsVerify: false, TimeProvider.System);
        using var stages = new Stages(ct);
        using var relay = new Relay(stages.Token);
        using var received = new MemoryStream();
        stages.Add(() => new BlobDownload(registry, blob, TimeProvider.System, null).RunAsync(relay, stages.Token));
        stages.AddThread(() =>
        {
            var buffer = new byte[10_000];
            while (relay.Read(buffer) is var length and > 0)
                received.Write(buffer, 0, length);
        });
        await stages.WhenAllAsync();
        return received.ToArray();
    }
}
