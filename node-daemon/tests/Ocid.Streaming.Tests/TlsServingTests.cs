using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocid.Primitives;
using Ocid.Testing.Streaming;

namespace Ocid.Streaming.Tests;

public sealed class TlsServingTests : IDisposable
{
    private static readonly StdioShape OutputOnly = new(false, true, false, false);

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-streaming-tls-").FullName;

    public TlsServingTests() => Write("first");

    private string CertificateFile => Path.Combine(_folder, "tls.crt");

    private string KeyFile => Path.Combine(_folder, "tls.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Commands_are_served_over_TLS()
    {
        await using var server = Start();
        var url = await server.ExecAsync(OutputOnly, "exit", "0");
        url.Scheme.Should().Be("https");

        await using var client = await SpdyTestClient.ConnectAsync(url, "v4.channel.k8s.io");
        var error = await client.OpenAsync("streamType", "error");
        await client.OpenAsync("streamType", "stdout");

        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("Success");
    }

    [Fact]
    public async Task A_certificate_that_is_replaced_is_in_force_for_the_next_connection_and_a_broken_one_is_not()
    {
        await using var server = Start();
        var url = await server.ExecAsync(OutputOnly, "exit", "0");
        (await SubjectAsync(url)).Should().Be("CN=first");

        Write("second");
        (await SubjectAsync(url)).Should().Be("CN=second");

        await File.WriteAllTextAsync(CertificateFile, "no certificate");
        (await SubjectAsync(url)).Should().Be("CN=second");
        Write("third");
        (await SubjectAsync(url)).Should().Be("CN=third");
    }

    // The kubelet leaves the files' own links alone and swaps the folder that they lead to.
    [Fact]
    public async Task A_certificate_that_is_replaced_behind_its_link_is_in_force_for_the_next_connection()
    {
        MoveToVolume("..first");
        await using var server = Start();
        var url = await server.ExecAsync(OutputOnly, "exit", "0");
        (await SubjectAsync(url)).Should().Be("CN=first");

        File.Delete(CertificateFile);
        File.Delete(KeyFile);
        Write("second");
        MoveToVolume("..second");

        (await SubjectAsync(url)).Should().Be("CN=second");
    }

    [Fact]
    public async Task With_an_authority_only_clients_that_it_signed_are_served()
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var file = Path.Combine(_folder, "ca.crt");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        await using var server = Start(file);
        var url = await server.ExecAsync(OutputOnly, "exit", "0");

        using var known = Client(authority);
        (await SubjectAsync(url, known)).Should().Be("CN=first");
        await FluentActions.Awaiting(() => SubjectAsync(url)).Should().ThrowAsync<Exception>().Where(e => e is IOException || e is AuthenticationException);
        using var stranger = SelfSigned("stranger");
        await FluentActions.Awaiting(() => SubjectAsync(url, stranger)).Should().ThrowAsync<Exception>().Where(e => e is IOException || e is AuthenticationException);
    }

    [Fact]
    public void Files_that_cannot_be_read_are_an_error_at_the_start()
    {
        File.Delete(KeyFile);

        FluentActions.Invoking(() => Start()).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }

    private TestServer Start(string? authorities = null) => TestServer.Start(new StreamingOptions { Tls = new StreamingTls(CertificateFile, KeyFile, authorities) });

    private void MoveToVolume(string version)
    {
        Directory.CreateDirectory(Path.Combine(_folder, version));
        File.Delete(Path.Combine(_folder, "..data"));
        File.CreateSymbolicLink(Path.Combine(_folder, "..data"), version);
        foreach (var file in new[] { CertificateFile, KeyFile })
        {
            File.Move(file, Path.Combine(_folder, version, Path.GetFileName(file)));
            File.CreateSymbolicLink(file, Path.Combine("..data", Path.GetFileName(file)));
        }
    }

    private void Write(string name)
    {
        using var certificate = SelfSigned(name);
        File.WriteAllText(KeyFile, certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        // Two files in one tick of a coarse clock would look the same.
        File.SetLastWriteTimeUtc(CertificateFile, DateTime.UtcNow.AddSeconds(name.Length));
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create();
        return new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Client(X509Certificate2 authority)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=kubelet", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3]);
        return certificate.CopyWithPrivateKey(key);
    }

    // Whose certificate a connection is given. With TLS 1.3 a client learns only by reading that its own was refused.
    private static async Task<string> SubjectAsync(Uri url, X509Certificate2? client = null)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(url.Host, url.Port);
        using var tls = new SslStream(socket.GetStream());
#pragma warning disable CA5359 // the certificate is the test's own
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = client is null ? null : [client],
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        }).WaitAsync(TestServer.Limit);
#pragma warning restore CA5359
        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
        if (await tls.ReadAsync(new byte[1]).AsTask().WaitAsync(TestServer.Limit) == 0)
            throw new IOException("the server has closed the connection");
        return tls.RemoteCertificate!.Subject;
    }
}
