using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;
using k8s.Exceptions;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    private const string ServiceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsInCluster() => Address() is not null && File.Exists($"{ServiceAccount}/token") && File.Exists($"{ServiceAccount}/ca.crt");

    public static KubernetesClientConfiguration InClusterConfig()
    {
        if (!IsInCluster())
            throw new KubeConfigException("unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined");

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile($"{ServiceAccount}/ca.crt");
        return new KubernetesClientConfiguration
        {
            Host = Address()!,
            SslCaCerts = authorities,
            TokenProvider = new TokenFileAuth($"{ServiceAccount}/token"),
            Namespace = File.Exists($"{ServiceAccount}/namespace") ? File.ReadAllText($"{ServiceAccount}/namespace").Trim() : null,
        };
    }

    private static string? Address() =>
        (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT")) is ({ Length: > 0 } host, { Length: > 0 } port)
            ? new UriBuilder("https", host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)).ToString()
            : null;
}
