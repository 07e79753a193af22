using System.Net;
using System.Text;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

/// <summary>Registries that misbehave, when they are read.</summary>
public sealed class RegistryFaultTests : IDisposable
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"digest":"{{Digest.Sha256("c"u8)}}","size":1},"layers":[]}""");

    private static readonly byte[] Content = [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7 / 3))];
    private static readonly Descriptor Blob = new() { Digest = Digest.Sha256(Content), Size = Content.Length };
    private static readonly RegistryCredentials Credentials = new() { Username = "me", Password = "secret" };

    private readonly RegistryTransport _transport = new();
    private readonly HurriedTime _time = new();

    [Theory]
    [InlineData("7", 7, 7.1)]
    [InlineData("Thu, 01 Jan 2026 00:00:20 GMT", 19, 20.1)]
    [InlineData("86400", 60, 60.1)]
    [InlineData("0", 0.1, 0.5)]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT", 0.1, 0.5)]
    [InlineData("soon", 0.1, 0.5)]
    public async Task A_registry_that_asks_for_time_gets_it_within_reason(string retryAfter, double least, double most)
    {
        var refusals = 1;
        await using var server = new ScriptedRegistry(context =>
        {
            if (Interlocked.Decrement(ref refusals) < 0)
                return ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest);
            context.Response.Headers["Retry-After"] = retryAfter;
            return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.TooManyRequests);
        });

        await Client(server).ReadManifestAsync("latest", CancellationToken.None);

        _time.Pauses.Should().ContainSingle().Which.TotalSeconds.Should().BeInRange(least, most);
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(400, false)]
    [InlineData(403, false)]
    [InlineData(404, false)]
    [InlineData(418, false)]
    [InlineData(501, false)]
    public async Task What_may_pass_is_tried_again_and_nothing_else(int status, bool again)
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, [], status: (HttpStatusCode)status));
        using var client = Client(server);
        var read = () => client.ReadManifestAsync("latest", CancellationToken.None);

        var failure = (await read.Should().ThrowAsync<OcidException>()).Which;

        server.Requests.Count(r => r.Path.Contains("manifests", StringComparison.Ordinal)).Should().Be(again ? Retry.MostAttempts : 1);
        failure.Message.StartsWith("RegistryUnavailable: ", StringComparison.Ordinal).Should().Be(again);
        failure.Message.Should().Contain($"{status} ");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_fetched_again()
    {
        var breaks = 2;
        await using var server = new ScriptedRegistry(async context =>
        {
            if (Interlocked.Decrement(ref breaks) < 0)
            {
                await ScriptedRegistry.SendAsync(context, Content);
                return;
            }

            context.Response.ContentLength64 = Content.Length;
            await context.Response.OutputStream.WriteAsync(Content.AsMemory(0, 1000));
            await context.Response.OutputStream.FlushAsync();
            context.Response.Abort();
        });

        (await Client(server).ReadBlobAsync(Blob, CancellationToken.None)).Should().Equal(Content);
    }

    [Fact]
    public async Task Short_long_and_other_blobs_are_refused()
    {
        foreach (var wrong in new[] { Content[..^1], [.. Content, 1], new byte[Content.Length] })
        {
            await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, wrong));
            using var client = Client(server);
            var read = () => client.ReadBlobAsync(Blob, CancellationToken.None);

            (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
            server.Requests.Count(r => r.Path.Contains("blobs", StringComparison.Ordinal)).Should().Be(1);
        }
    }

    [Fact]
    public async Task The_digest_that_a_registry_claims_is_not_believed()
    {
        var claimed = Digest.Sha256("another"u8);
        await using var server = new ScriptedRegistry(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = claimed.ToString();
            return ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest);
        });
        using var client = Client(server);

        (await client.ReadManifestAsync("latest", CancellationToken.None)).Digest.Should().Be(Digest.Sha256(Manifest));
        var byDigest = () => client.ReadManifestAsync(claimed.ToString(), CancellationToken.None);
        (await byDigest.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
    }

    [Theory]
    [InlineData("bytes 100-199/10000", 100, true)]
    [InlineData("bytes 100-199/*", 100, true)]
    [InlineData("bytes 0-99/10000", 100, false)]
    [InlineData("bytes 100-299/10000", 100, false)]
    [InlineData("bytes 100-199/20000", 100, false)]
    [InlineData("bytes 100-199/10000", 150, false)]
    [InlineData("bytes */10000", 100, false)]
    [InlineData("items 100-199/10000", 100, false)]
    [InlineData(null, 100, false)]
    public async Task A_part_that_is_not_the_one_asked_for_is_refused(string? contentRange, int length, bool taken)
    {
        await using var server = new ScriptedRegistry(context =>
        {
            if (contentRange is not null)
                context.Response.Headers["Content-Range"] = contentRange;
            return ScriptedRegistry.SendAsync(context, new byte[length], status: HttpStatusCode.PartialContent);
        });
        using var client = Client(server);
        var open = async () => (await client.OpenBlobAsync(Blob, 100, 100, CancellationToken.None)).Dispose();

        if (taken)
            await open.Should().NotThrowAsync();
        else
            (await open.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
    }

    [Fact]
    public async Task A_part_that_nobody_asked_for_is_refused()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Content[..10], status: HttpStatusCode.PartialContent));
        using var client = Client(server);
        var read = () => client.ReadBlobAsync(Blob, CancellationToken.None);

        (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
    }

    [Fact]
    public async Task A_registry_that_never_has_enough_of_tokens_is_given_up()
    {
        var tokens = 0;
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(context => context.Request.Url!.AbsolutePath == "/token"
            ? ScriptedRegistry.SendAsync(context, Encoding.UTF8.GetBytes($$"""{"token":"t{{Interlocked.Increment(ref tokens)}}"}"""))
            : server.ChallengeAsync(context));
        using var client = Client(server, Credentials);
        var read = () => client.ReadManifestAsync("latest", CancellationToken.None);

        (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.PermissionDenied);
        tokens.Should().BeLessThan(4);
    }

    [Theory]
    [InlineData("""{"token":"a b"}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData(null)]
    public async Task What_is_no_token_is_refused(string? answer)
    {
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(context => context.Request.Url!.AbsolutePath == "/token"
            ? ScriptedRegistry.SendAsync(context, answer is null ? new byte[(1 << 20) + 1] : Encoding.UTF8.GetBytes(answer))
            : server.ChallengeAsync(context));
        using var client = Client(server, Credentials);
        var read = () => client.ReadManifestAsync("latest", CancellationToken.None);

        (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(answer is null ? ErrorKind.ResourceExhausted : ErrorKind.PermissionDenied);
    }

    [Fact]
    public async Task A_token_is_replaced_when_it_runs_out_and_not_before()
    {
        var tokens = 0;
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(context => context.Request.Url!.AbsolutePath == "/token"
            ? ScriptedRegistry.SendAsync(context, Encoding.UTF8.GetBytes($$"""{"access_token":"t{{Interlocked.Increment(ref tokens)}}","expires_in":100}"""))
            : context.Request.Headers["Authorization"] == $"Bearer t{tokens}"
                ? ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest)
                : server.ChallengeAsync(context));
        using var client = Client(server);

        foreach (var (passed, expected) in new[] { (0, 1), (80, 1), (15, 2), (80, 2) })
        {
            _time.Pass(TimeSpan.FromSeconds(passed));
            await client.ReadManifestAsync("latest", CancellationToken.None);
            tokens.Should().Be(expected);
        }

        // Once refused, at the first request; the second token was fetched before the first one's end was noticed.
        server.Requests.Count(r => r.Path.Contains("manifests", StringComparison.Ordinal)).Should().Be(5);
    }

    [Fact]
    public async Task An_identity_token_goes_to_the_token_server_alone()
    {
        string? form = null;
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(async context =>
        {
            if (context.Request.Url!.AbsolutePath == "/token")
            {
                using var reader = new StreamReader(context.Request.InputStream);
                form = await reader.ReadToEndAsync();
                await ScriptedRegistry.SendAsync(context, """{"access_token":"t"}"""u8.ToArray());
            }
            else if (context.Request.Headers["Authorization"] == "Bearer t")
            {
                await ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest);
            }
            else
            {
                await server.ChallengeAsync(context);
            }
        });
        using var client = Client(server, new RegistryCredentials { IdentityToken = "identity" });

        await client.ReadManifestAsync("latest", CancellationToken.None);

        form.Should().Be("grant_type=refresh_token&refresh_token=identity&client_id=ocid&service=s&scope=repository%3Aapp%3Apull");
    }

    [Fact]
    public async Task Another_host_that_the_registry_leads_to_cannot_ask_for_credentials()
    {
        ScriptedRegistry other = null!;
        await using var disposing = other = new ScriptedRegistry(context => other.ChallengeAsync(context));
        await using var server = new ScriptedRegistry(context =>
        {
            context.Response.Redirect($"http://{other.Host}/elsewhere");
            context.Response.Close();
            return Task.CompletedTask;
        });
        using var client = Client(server, Credentials);
        var read = () => client.ReadManifestAsync("latest", CancellationToken.None);

        (await read.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.PermissionDenied);
        other.Requests.Should().ContainSingle().Which.Should().Be(("/elsewhere", null));
    }

    [Fact]
    public async Task Foreign_layers_come_from_where_they_say_without_what_proves_us()
    {
        await using var elsewhere = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Content));
        await using var server = new ScriptedRegistry(context => context.Request.Headers["Authorization"] is null
            ? BasicAsync(context)
            : ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.NotFound));
        using var client = Client(server, Credentials);
        string[] urls = ["ftp://127.0.0.1/x", $"http://{server.Host}/gone", $"http://{elsewhere.Host}/layer"];
        var foreign = Blob with { MediaType = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Urls = urls };

        (await client.ReadBlobAsync(foreign, CancellationToken.None)).Should().Equal(Content);
        elsewhere.Requests.Should().ContainSingle().Which.Should().Be(("/layer", null));
        server.Requests.Should().Contain(("/gone", null));

        var ordinary = () => client.ReadBlobAsync(foreign with { MediaType = MediaTypes.DockerLayer }, CancellationToken.None);
        (await ordinary.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.NotFound);
    }

    [Fact]
    public async Task Tags_are_read_page_by_page()
    {
        await using var server = new ScriptedRegistry(context =>
        {
            var last = int.Parse(context.Request.QueryString["last"] ?? "0");
            if (last < 3)
                context.Response.AddHeader("Link", $"</v2/app/tags/list?last={last + 1}&n=1000>; rel=\"next\"");
            return ScriptedRegistry.SendAsync(context, Encoding.UTF8.GetBytes($$"""{"name":"app","tags":["a{{last}}","b{{last}}"]}"""));
        });

        (await Client(server).ListTagsAsync(CancellationToken.None).ToListAsync()).Should().Equal("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3");
    }

    [Fact]
    public async Task Pages_of_tags_that_do_not_end_are_given_up()
    {
        await using var server = new ScriptedRegistry(context =>
        {
            context.Response.AddHeader("Link", "</v2/app/tags/list?last=a&n=1000>; rel=\"next\"");
            return ScriptedRegistry.SendAsync(context, """{"tags":null}"""u8.ToArray());
        });
        using var client = Client(server);
        var list = async () => await client.ListTagsAsync(CancellationToken.None).ToListAsync();

        (await list.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
    }

    public void Dispose() => _transport.Dispose();

    private static Task BasicAsync(HttpListenerContext context)
    {
        context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"here\"");
        return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Unauthorized);
    }

    private RegistryClient Client(ScriptedRegistry server, RegistryCredentials? credentials = null) =>
        new(_transport, ImageReference.Parse($"{server.Host}/app"), credentials, tlsVerify: false, _time);
}
