using System.Net;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

/// <summary>Registries that misbehave, when they are written to.</summary>
public sealed class RegistryUploadTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 / 3))];

    private readonly RegistryTransport _transport = new();
    private readonly HurriedTime _time = new();

    [Fact]
    public async Task The_content_is_sent_while_it_is_made()
    {
        var arrived = new TaskCompletionSource();
        await using var server = Server(async context =>
        {
            await context.Request.InputStream.ReadExactlyAsync(new byte[1000]);
            arrived.SetResult();
            await ReadAsync(context);
            await AcceptAsync(context);
        });
        using var client = Client(server);

        var uploaded = await client.UploadBlobAsync(
            null,
            async (to, ct) =>
            {
                await to.WriteAsync(Content.AsMemory(0, 200_000), ct);
                await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), ct);
                await to.WriteAsync(Content.AsMemory(200_000), ct);
            },
            CancellationToken.None);

        uploaded.Should().Be(new UploadedBlob(Digest.Sha256(Content), Content.Length));
        server.Requests.Select(r => r.Path).Should().EndWith($"/upload/2?state=x&digest={Uri.EscapeDataString(uploaded.Digest.ToString())}");
    }

    [Fact]
    public async Task A_source_that_fails_is_told_as_it_is_and_not_tried_again()
    {
        await using var server = Server(ReadAsync);
        var writes = 0;
        using var client = Client(server);
        var upload = () => client.UploadBlobAsync(
            null,
            async (to, ct) =>
            {
                writes++;
                await to.WriteAsync(Content.AsMemory(0, 1000), ct);
                throw new OcidException(ErrorKind.Internal, "the disk is broken");
            },
            CancellationToken.None);

        (await upload.Should().ThrowAsync<OcidException>()).WithMessage("the disk is broken");
        writes.Should().Be(1);
        server.Requests.Select(r => r.Path).Should().EndWith("/upload/1", "the upload is given up");
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_again_is_not_sent_in_part()
    {
        await using var server = Server(async context =>
        {
            await ReadAsync(context);
            context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"here\"");
            await ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Unauthorized);
        });
        using var client = new RegistryClient(
            _transport, ImageReference.Parse($"{server.Host}/app"), new RegistryCredentials { Username = "me", Password = "secret" }, tlsVerify: false, _time, RegistryAccess.PullAndPush);
        using var packed = new System.IO.Compression.DeflateStream(new MemoryStream([3, 0]), System.IO.Compression.CompressionMode.Decompress);
        var upload = () => client.UploadBlobAsync(null, packed, CancellationToken.None);

        (await upload.Should().ThrowAsync<OcidException>()).Which.Message.Should().Contain("cannot be read again");
    }

    [Fact]
    public async Task A_registry_that_is_full_says_so_once()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.InsufficientStorage));
        using var client = Client(server);
        var upload = () => client.UploadBlobAsync(null, new MemoryStream(Content), CancellationToken.None);

        (await upload.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.ResourceExhausted);
        server.Requests.Count(r => r.Path.Contains("uploads", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public async Task Cancelling_ends_an_upload_that_hangs()
    {
        await using var server = Server(_ => Task.Delay(TimeSpan.FromSeconds(1)));
        using var client = Client(server);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var upload = () => client.UploadBlobAsync(
            null,
            async (to, ct) =>
            {
                while (true)
                    await to.WriteAsync(Content, ct);
            },
            cancel.Token);

        await upload.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Writing_asks_for_a_token_that_may_push_and_mounting_for_one_that_may_read_there()
    {
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(context =>
        {
            if (context.Request.Url!.AbsolutePath == "/token")
                return ScriptedRegistry.SendAsync(context, """{"token":"t"}"""u8.ToArray());
            if (context.Request.Headers["Authorization"] is null)
                return server.ChallengeAsync(context);
            return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Created);
        });
        using var client = Client(server);

        await client.WriteManifestAsync("v1", "{}"u8.ToArray(), "application/json", CancellationToken.None);
        (await client.MountBlobAsync(Digest.Sha256("x"u8), "other/app", CancellationToken.None)).Should().BeTrue();

        server.Requests.Select(r => r.Path).Where(p => p.StartsWith("/token", StringComparison.Ordinal)).Should().Equal(
            "/token?service=s&scope=repository%3Aapp%3Apull%2Cpush",
            "/token?service=s&scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Aother%2Fapp%3Apull");
    }

    [Fact]
    public async Task What_proves_us_does_not_go_where_another_host_wants_the_upload()
    {
        await using var other = new ScriptedRegistry(async context =>
        {
            await ReadAsync(context);
            context.Response.AddHeader("Location", "/there?x");
            await ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Accepted);
        });
        await using var server = new ScriptedRegistry(context =>
        {
            if (context.Request.Headers["Authorization"] is null)
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"here\"");
            context.Response.AddHeader("Location", $"http://{other.Host}/there");
            return ScriptedRegistry.SendAsync(context, [], status: context.Request.Headers["Authorization"] is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Accepted);
        });
        using var client = new RegistryClient(
            _transport, ImageReference.Parse($"{server.Host}/app"), new RegistryCredentials { Username = "me", Password = "secret" }, tlsVerify: false, _time, RegistryAccess.PullAndPush);

        await client.UploadBlobAsync(null, new MemoryStream(Content), CancellationToken.None);

        other.Requests.Should().HaveCount(2).And.OnlyContain(r => r.Authorization == null);
    }

    public void Dispose() => _transport.Dispose();

    private static async Task ReadAsync(HttpListenerContext context) => await context.Request.InputStream.CopyToAsync(Stream.Null);

    private static Task AcceptAsync(HttpListenerContext context)
    {
        context.Response.AddHeader("Location", "/upload/2?state=x");
        return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Accepted);
    }

    private static ScriptedRegistry Server(Func<HttpListenerContext, Task> patched) => new(context =>
    {
        if (context.Request.HttpMethod == "PATCH")
            return patched(context);
        context.Response.AddHeader("Location", "/upload/1");
        return ScriptedRegistry.SendAsync(context, [], status: context.Request.HttpMethod == "POST" ? HttpStatusCode.Accepted : HttpStatusCode.Created);
    });

    private RegistryClient Client(ScriptedRegistry server) =>
        new(_transport, ImageReference.Parse($"{server.Host}/app"), null, tlsVerify: false, _time, RegistryAccess.PullAndPush);
}
