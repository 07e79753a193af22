namespace Ocid.E2E.Tests.Clusters;

/// <summary>A kubeconfig of one context.</summary>
internal static class KubeconfigText
{
    public static string Of(string server, string user) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: test
        clusters: [{name: test, cluster: {server: "{{{server}}}", insecure-skip-tls-verify: true}}]
        users: [{name: test, user: {{{user}}}}]
        contexts: [{name: test, context: {cluster: test, user: test}}]

        """;
}
