using System.Net;
using k8s;
using Ocid.Cluster.Api;
using Ocid.E2E.Clusters;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>An API server to test with, and the way in which ocid is installed there.</summary>
internal interface IApiServer : IAsyncDisposable
{
    IPEndPoint EndPoint { get; }

    /// <summary>The file with the certificates that its own comes from; null where it speaks plainly.</summary>
    string? Authority { get; }

    Kubernetes Connect();

    /// <summary>Installs what operator and agent need.</summary>
    Task InstallAsync(ClusterClient client);

    /// <summary>The file with a token for the agent of a node; null where nobody asks for one.</summary>
    Task<string?> AgentTokenAsync(string node);

    /// <summary>The agent's arguments, besides those that say where the node and the API server are.</summary>
    IReadOnlyList<string> AgentArguments { get; }

    /// <summary>How the operator is started.</summary>
    /// <param name="folder">Where files for it can be.</param>
    /// <param name="port">The port of loopback at which it reaches the API server.</param>
    Task<OperatorSetup> OperatorAsync(string folder, int port);

    /// <summary>Looks at what people see, while the node has a configuration.</summary>
    Task LookAsync(Installation cluster);

    /// <summary>Takes away what is installed; the nodes give back what they have first.</summary>
    Task UninstallAsync(Installation cluster);
}
