using System.CommandLine;
using k8s;
using k8s.Exceptions;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary>The options that say where the API server is.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string?> _kubeconfig = new("--kubeconfig")
    {
        Description = "How to reach the API server; by default $KUBECONFIG, then ~/.kube/config, then, in a pod, the pod's own account",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(_kubeconfig);

    /// <exception cref="OcidException">InvalidArgument: there is no such configuration, or nobody could use it.</exception>
    public Kubernetes Connect(ParseResult parsed)
    {
        try
        {
            var file = parsed.GetValue(_kubeconfig);
            return new Kubernetes(file is null ? KubernetesClientConfiguration.BuildDefaultConfig() : KubernetesClientConfiguration.BuildConfigFromConfigFile(file));
        }
        catch (KubeConfigException wrong)
        {
            throw new OcidException(ErrorKind.InvalidArgument, wrong.Message, wrong);
        }
    }
}
