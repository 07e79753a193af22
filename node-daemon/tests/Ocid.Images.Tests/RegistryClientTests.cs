using System.Net;
using System.Text;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

public sealed class RegistryClientTests : IDisposable
{
    private static readonly byte[] Manifest = Encoding.UTF8.GetBytes(
        $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"digest":"{{Digest.Sha256("c"u8)}}","size":1},"layers":[]}""");

    private static readonly RegistryCredentials Credentials = new() { Username = "me", Password = "secret" };

    private readonly RegistryTransport _transport = new();

    [Fact]
    public async Task A_token_is_fetched_once_for_many_requests()
    {
        ScriptedRegistry server = null!;
        await using var disposing = server = new ScriptedRegistry(async context =>
        {
            if (context.Request.Url!.AbsolutePath == "/token")
                await ScriptedRegistry.SendAsync(context, """{"token":"t0ken","expires_in":300}"""u8.ToArray());
            else if (context.Request.Headers["Authorization"] != "Bearer t0ken")
                await ChallengeAsync(context, $"Bearer realm=\"http://{server.Host}/token\",service=\"a \\\"quoted\\\" one\",scope=\"repository:app:pull\"");
            else
                await ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest);
        });
        using var client = Client(server, Credentials);

        await client.ReadManifestAsync("latest", CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.ReadManifestAsync("latest", CancellationToken.None)));

        server.Requests.Where(r => r.Path.StartsWith("/token", StringComparison.Ordinal)).Should().ContainSingle()
            .Which.Should().Be(("/token?service=a%20%22quoted%22%20one&scope=repository%3Aapp%3Apull", "Basic bWU6c2VjcmV0"));
    }

    [Fact]
    public async Task Name_and_password_answer_a_basic_challenge()
    {
        await using var server = new ScriptedRegistry(context => context.Request.Headers["Authorization"] == "Basic bWU6c2VjcmV0"
            ? ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest)
            : ChallengeAsync(context, "Basic realm=\"here\""));
        using var client = Client(server, Credentials);

        (await client.ReadManifestAsync("latest", CancellationToken.None)).Digest.Should().Be(Digest.Sha256(Manifest));
    }

    [Fact]
    public async Task Wrong_credentials_are_denied_and_not_repeated()
    {
        await using var server = new ScriptedRegistry(context => ChallengeAsync(context, "Basic realm=\"here\""));
        using var client = Client(server, Credentials);

        await FailsAsync(client, ErrorKind.PermissionDenied);
        server.Requests.Count(r => r.Path.EndsWith("latest", StringComparison.Ordinal)).Should().Be(2);
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect_to_another_host()
    {
        await using var other = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest));
        await using var server = new ScriptedRegistry(context =>
        {
            if (context.Request.Headers["Authorization"] is null)
                return ChallengeAsync(context, "Basic realm=\"here\"");
            context.Response.Redirect($"http://{other.Host}/elsewhere");
            context.Response.Close();
            return Task.CompletedTask;
        });
        using var client = Client(server, Credentials);

        await client.ReadManifestAsync("latest", CancellationToken.None);

        other.Requests.Should().ContainSingle().Which.Should().Be(("/elsewhere", null));
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        await using var server = new ScriptedRegistry(context =>
        {
            context.Response.Redirect("/again");
            context.Response.Close();
            return Task.CompletedTask;
        });
        using var client = Client(server);

        await FailsAsync(client, ErrorKind.FailedPrecondition);
    }

    [Fact]
    public async Task What_fails_for_a_moment_is_tried_again()
    {
        var failures = 2;
        await using var server = new ScriptedRegistry(context => Interlocked.Decrement(ref failures) >= 0
            ? ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.ServiceUnavailable)
            : ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest));
        using var client = Client(server);

        (await client.ReadManifestAsync("latest", CancellationToken.None)).Bytes.Length.Should().Be(Manifest.Length);
    }

    [Fact]
    public async Task A_registry_that_is_down_is_named_unavailable()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.BadGateway));
        using var client = Client(server);
        using var nobody = new RegistryClient(_transport, ImageReference.Parse("127.0.0.1:1/app"), null, tlsVerify: false, new HurriedTime());

        (await FailsAsync(client, ErrorKind.Unavailable)).Message.Should().StartWith("RegistryUnavailable: ");
        (await FailsAsync(nobody, ErrorKind.Unavailable)).Message.Should().StartWith("RegistryUnavailable: ");
    }

    [Fact]
    public async Task The_registrys_own_words_are_in_the_error()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(
            context, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no such\ntag"}]}"""u8.ToArray(), status: HttpStatusCode.NotFound));
        using var client = Client(server);

        (await FailsAsync(client, ErrorKind.NotFound)).Message.Should().Contain("MANIFEST_UNKNOWN").And.NotContain("\n");
    }

    [Fact]
    public async Task A_manifest_over_the_cap_is_refused()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, new byte[(4 << 20) + 1], MediaTypes.OciManifest));
        using var client = Client(server);

        await FailsAsync(client, ErrorKind.ResourceExhausted);
    }

    [Fact]
    public async Task A_manifest_of_another_digest_is_refused()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest));
        using var client = Client(server);

        await FailsAsync(client, ErrorKind.DataLoss, Digest.Sha256("another"u8).ToString());
        await client.ReadManifestAsync(Digest.Sha256(Manifest).ToString(), CancellationToken.None);
    }

    [Fact]
    public async Task Without_waiver_plain_http_is_not_spoken()
    {
        await using var server = new ScriptedRegistry(context => ScriptedRegistry.SendAsync(context, Manifest, MediaTypes.OciManifest));
        using var client = new RegistryClient(_transport, ImageReference.Parse($"{server.Host}/app"), Credentials, tlsVerify: true, TimeProvider.System);

        (await FailsAsync(client, ErrorKind.FailedPrecondition)).Message.Should().Contain("plain HTTP").And.Contain("--tls-verify=false").And.Contain("insecure = true");
        server.Requests.Should().NotContain(r => r.Authorization != null || r.Path.Contains("manifests", StringComparison.Ordinal));
    }

    public void Dispose() => _transport.Dispose();

    private RegistryClient Client(ScriptedRegistry server, RegistryCredentials? credentials = null) =>
        new(_transport, ImageReference.Parse($"{server.Host}/app"), credentials, tlsVerify: false, new HurriedTime());

    private static Task ChallengeAsync(HttpListenerContext context, string challenge)
    {
        context.Response.AddHeader("WWW-Authenticate", challenge);
        return ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.Unauthorized);
    }

    private static async Task<OcidException> FailsAsync(RegistryClient client, ErrorKind kind, string reference = "latest")
    {
        var read = () => client.ReadManifestAsync(reference, CancellationToken.None);
        var failure = (await read.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(kind);
        return failure;
    }
}
