namespace Ocid.E2E.Clusters;

/// <summary>How <c>ocid-operator</c> is started in a cluster.</summary>
/// <param name="Connection">What says where the API server is; empty in a pod, which knows.</param>
/// <param name="Run">The arguments of <c>run</c>.</param>
/// <param name="Account">The folder that a pod has as its service account's, which the processes see where a pod has it; null for none.</param>
/// <param name="Port">The port of loopback at which a pod's account finds the API server.</param>
public sealed record OperatorSetup(IReadOnlyList<string> Connection, IReadOnlyList<string> Run, string? Account = null, int Port = 0)
{
    // What Kubernetes mounts and sets: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
    private const string AsInAPod = "mount -t tmpfs tmpfs /run && mkdir -p /run/secrets/kubernetes.io && ln -s \"$0\" /run/secrets/kubernetes.io/serviceaccount && exec \"$@\"";

    /// <summary>The command of a verb: a program and its arguments.</summary>
    public IReadOnlyList<string> Command(string verb, params IReadOnlyList<string> arguments)
    {
        string[] command = [OperatorProcess.Program!, verb, .. arguments, .. Connection];
        return Account is null
            ? command
            : ["/usr/bin/unshare", "--mount", "/usr/bin/env", "-u", "HOME", "-u", "KUBECONFIG", "KUBERNETES_SERVICE_HOST=127.0.0.1", $"KUBERNETES_SERVICE_PORT={Port}", "/bin/sh", "-c", AsInAPod, Account, .. command];
    }
}
