using Ocid.Images.Live;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests;

public sealed class RegistryTlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-tls-").FullName;
    private readonly TestAuthority _authority = new("ocid test authority");
    private readonly RegistryTransport _transport;

    public RegistryTlsTests() => _transport = new RegistryTransport(new ImageConfigurationRoots([Path.Combine(_folder, "none"), Path.Combine(_folder, "etc")]));

    [SkippableFact]
    public async Task An_authority_in_certs_d_vouches_for_its_host_alone_and_from_now_on()
    {
        await using var registry = await StartAsync("127.0.0.1");
        await using var other = await StartAsync("127.0.0.1");

        (await FailsAsync(registry)).Message.Should().Contain($"certs.d/{registry.Host}/");
        Trust(registry, _authority.Pem);
        await AnswersAsync(registry);
        await FailsAsync(other);
    }

    [SkippableFact]
    public async Task Certificates_are_read_again_when_their_files_change()
    {
        using var another = new TestAuthority("another");
        await using var registry = await StartAsync("127.0.0.1");

        Trust(registry, another.Pem);
        await FailsAsync(registry);
        Trust(registry, _authority.Pem);
        await AnswersAsync(registry);
        Trust(registry, "no certificate");
        (await FailsAsync(registry)).Message.Should().Contain("ca.crt");
    }

    [SkippableFact]
    public async Task A_certificate_of_another_name_is_refused_whoever_vouches_for_it()
    {
        await using var registry = await StartAsync("elsewhere.test");
        Trust(registry, _authority.Pem);

        (await FailsAsync(registry)).Message.Should().Contain("elsewhere.test");
        await AnswersAsync(registry, tlsVerify: false);
    }

    [SkippableFact]
    public async Task An_authority_between_is_enough()
    {
        using var between = new TestAuthority("between", _authority);
        between.WriteServer(_folder, "127.0.0.1");
        await using var registry = await StartAsync(null);

        Trust(registry, between.Pem);
        await AnswersAsync(registry);
    }

    [SkippableFact]
    public async Task HTTP_2_is_spoken_where_TLS_offers_it()
    {
        await using var registry = await StartAsync("127.0.0.1");
        Trust(registry, _authority.Pem);
        var address = new Uri($"https://{registry.Host}/v2/");

        using var request = RegistryTransport.Message(HttpMethod.Get, address);
        using var answer = await _transport.Client(address, tlsVerify: true).SendAsync(request);

        answer.Version.Major.Should().Be(2);
    }

    [SkippableFact]
    public async Task A_registry_that_wants_a_client_certificate_gets_the_one_of_its_folder()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "clients.crt"), _authority.Pem);
        await using var registry = await StartAsync("127.0.0.1", $"    clientcas:\n      - {_folder}/clients.crt");
        var certificates = Trust(registry, _authority.Pem);

        (await FailsAsync(registry)).Message.Should().Contain("alert").And.Contain("client certificates belong in certs.d");
        _authority.WriteClient(certificates);
        await AnswersAsync(registry);

        File.Delete(Path.Combine(certificates, "client.key"));
        (await FailsAsync(registry)).Message.Should().Contain("client.key is missing");
    }

    [SkippableFact]
    public async Task Docker_registry_without_TLS_is_named_so()
    {
        await using var registry = await RunAsync("");

        (await FailsAsync(registry)).Message.Should().Contain("speaks plain HTTP").And.Contain("--tls-verify=false");
    }

    public void Dispose()
    {
        _transport.Dispose();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<LocalRegistry> StartAsync(string? address, string more = "")
    {
        if (address is not null)
            _authority.WriteServer(_folder, address);
        return await RunAsync($"  tls:\n    certificate: {_folder}/server.crt\n    key: {_folder}/server.key\n{more}");
    }

    private static async Task<LocalRegistry> RunAsync(string configuration)
    {
        Skip.If(Tool.Find("docker-registry") is null, "needs docker-registry");
        return await LocalRegistry.StartAsync(configuration);
    }

    private string Trust(LocalRegistry registry, string authority)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "etc/certs.d", registry.Host)).FullName;
        File.WriteAllText(Path.Combine(folder, "ca.crt"), authority);
        return folder;
    }

    private RegistryClient Client(LocalRegistry registry, bool tlsVerify = true) =>
        new(_transport, ImageReference.Parse($"{registry.Host}/app"), null, tlsVerify, TimeProvider.System);

    private async Task AnswersAsync(LocalRegistry registry, bool tlsVerify = true)
    {
        using var client = Client(registry, tlsVerify);
        (await client.HasBlobAsync(Digest.Sha256("nothing"u8), CancellationToken.None)).Should().BeFalse();
    }

    private async Task<OcidException> FailsAsync(LocalRegistry registry)
    {
        using var client = Client(registry);
        var ask = () => client.HasBlobAsync(Digest.Sha256("nothing"u8), CancellationToken.None);
        var failure = (await ask.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(ErrorKind.FailedPrecondition);
        return failure;
    }
}
