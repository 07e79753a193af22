using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    public static readonly string KubeConfigDefaultLocation =
        Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "/", ".kube", "config");

    public string? CurrentContext { get; private set; }

    public string? Namespace { get; set; }

    public string Host { get; set; } = null!;

    public X509Certificate2Collection? SslCaCerts { get; set; }

    public string? ClientCertificateData { get; set; }

    public string? ClientCertificateKeyData { get; set; }

    public string? ClientCertificateFilePath { get; set; }

    public string? ClientKeyFilePath { get; set; }

    public bool SkipTlsVerify { get; set; }

    public string? TlsServerName { get; set; }

    public string? AccessToken { get; set; }

    public ITokenProvider? TokenProvider { get; set; }

    public TimeSpan HttpClientTimeout { get; set; } = TimeSpan.FromSeconds(100);

    public static KubernetesClientConfiguration BuildDefaultConfig()
    {
        // The original merges the files of a list; this takes the first.
        if (Environment.GetEnvironmentVariable("KUBECONFIG")?.Split(':').FirstOrDefault(file => file.Length > 0) is { } named)
            return BuildConfigFromConfigFile(named);
        if (File.Exists(KubeConfigDefaultLocation))
            return BuildConfigFromConfigFile(KubeConfigDefaultLocation);
        return IsInCluster() ? InClusterConfig() : new KubernetesClientConfiguration { Host = "http://localhost:8080" };
    }

    internal X509Certificate2? ClientCertificate()
    {
        var certificate = Pem(ClientCertificateData, ClientCertificateFilePath);
        var key = Pem(ClientCertificateKeyData, ClientKeyFilePath);
        return certificate is null || key is null ? null : X509Certificate2.CreateFromPem(certificate, key);
    }

    private static string? Pem(string? data, string? file) =>
        data is { Length: > 0 } ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(data))
        : file is { Length: > 0 } ? File.ReadAllText(file)
        : null;
}
