using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocid.E2E.Nodes;
using Ocid.E2E.Tests.Programs;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>The certificate that an agent serves metrics with, in a volume as the kubelet makes it of a Secret.</summary>
public sealed class AgentCertificateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-agent-certificate-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task A_renewed_certificate_is_served_without_a_new_start()
    {
        Skip.If(OcidProgram.Path is null, "needs the program: make publish");
        var port = FreePort.Find();
        await using var api = await OneNodeCluster.StartNewAsync();
        Publish("first");
        using var agent = OcidProcess.Start(
            OcidProgram.Path!, Path.Combine(_folder, "output"), "agent", "--node-name", OneNodeCluster.NodeName, "--root", Path.Combine(_folder, "host"), "--api-server", api.Address.ToString(),
            "--metrics-address", $"127.0.0.1:{port}", "--metrics-certificate", $"{Path.Combine(_folder, "tls.crt")},{Path.Combine(_folder, "tls.key")}");
        try
        {
            await Eventually.IsTrueAsync("the first certificate", async () => agent.HasExited ? throw new InvalidOperationException(await File.ReadAllTextAsync(agent.Output)) : await SubjectAsync(port) == "CN=first");

            Publish("second");

            (await SubjectAsync(port)).Should().Be("CN=second");
        }
        finally
        {
            await agent.StopAsync();
        }
    }

    // A folder for each version, and a link to it that is replaced.
    private void Publish(string name)
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var version = Directory.CreateDirectory(Path.Combine(_folder, $"..{name}")).FullName;
        File.WriteAllText(Path.Combine(version, "tls.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(version, "tls.key"), key.ExportPkcs8PrivateKeyPem());
        // Two in one tick of a coarse clock would look the same.
        File.SetLastWriteTimeUtc(Path.Combine(version, "tls.crt"), DateTime.UtcNow.AddSeconds(name.Length));
        File.Delete(Path.Combine(_folder, "..data"));
        File.CreateSymbolicLink(Path.Combine(_folder, "..data"), version);
        foreach (var file in new[] { "tls.crt", "tls.key" })
        {
            if (!File.Exists(Path.Combine(_folder, file)))
                File.CreateSymbolicLink(Path.Combine(_folder, file), Path.Combine("..data", file));
        }
    }

    private static async Task<string?> SubjectAsync(int port)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port);
            using var tls = new SslStream(socket.GetStream());
#pragma warning disable CA5359 // the certificate is the test's own
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "ocid-agent", RemoteCertificateValidationCallback = (_, _, _, _) => true }).WaitAsync(Eventually.Limit);
#pragma warning restore CA5359
            return tls.RemoteCertificate!.Subject;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
