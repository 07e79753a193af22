namespace Ocid.Agent.Cluster;

/// <summary>Where the API server is, and what the agent is to it.</summary>
/// <param name="Server">Its address.</param>
/// <param name="TokenFile">The file of the bearer token, read for each request because it rotates; null sends none.</param>
/// <param name="AuthorityFile">The certificates that the server's must come from; null takes the host's.</param>
public sealed record ClusterAddress(Uri Server, string? TokenFile, string? AuthorityFile)
{
    private const string Account = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>The address that every pod is given; null outside of a pod.</summary>
    /// <remarks>https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/</remarks>
    public static ClusterAddress? OfThisPod()
    {
        var (host, port) = (Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"), Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"));
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(port))
            return null;
        var address = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return new ClusterAddress(new Uri($"https://{address}:{port}"), Path.Combine(Account, "token"), Path.Combine(Account, "ca.crt"));
    }
}
