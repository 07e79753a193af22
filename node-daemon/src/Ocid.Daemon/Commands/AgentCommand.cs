using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Ocid.Agent;
using Ocid.Agent.Cluster;
using Ocid.Agent.Hosts;
using Ocid.Agent.Preflight;
using Ocid.Daemon.Nodes;
using Ocid.Daemon.Serve;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Streaming;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid agent</c>: the operator's part on a node, in a pod or beside it.</summary>
internal static class AgentCommand
{
    private const string NodeName = "NODE_NAME";

    private const string Notes =
        "In a pod, API server, token and certificates are those of the pod's service account, and the host's file system is where --host says.\n" +
        "It follows the RuntimeNode of the node's name; where there is none, nothing is put onto the host.";

    public static Command Create(CommandContext context)
    {
        var name = new Option<string?>("--node-name") { Description = $"The node's name [default: ${NodeName}]", HelpName = "NAME" };
        var root = NodeFlags.Root();
        var host = new Option<string?>("--host") { Description = "Where the host's file system is mounted [default: /]", HelpName = "DIR" };
        var space = new Option<string?>("--revision-namespace") { Description = $"Namespace of the revisions [default: {RevisionSecret.DefaultNamespace}]", HelpName = "NAME" };
        var server = new Option<string?>("--api-server") { Description = "Address of the API server [default: this pod's]", HelpName = "URL" };
        var token = new Option<string?>("--token-file") { Description = "Bearer token for --api-server, read again for each request", HelpName = "FILE" };
        var authority = new Option<string?>("--ca-file") { Description = "Certificates that the server's must come from, for --api-server", HelpName = "FILE" };
        var metrics = new Option<string?>("--metrics-address") { Description = "Address:port to serve the daemon's metrics at, over TLS, to who may get /metrics [default: nowhere]", HelpName = "ADDRESS" };
        var certificate = new Option<string?>("--metrics-certificate") { Description = "Its certificate and key, two PEM files read again when they change [default: one is made]", HelpName = "FILE,FILE" };
        var plain = new Option<bool>("--metrics-plain") { Description = "Serve the metrics without TLS, to everybody" };
        var command = new Command("agent", "Follow this node's RuntimeNode: install the runtime, apply its revisions, report") { name, root, host, space, server, token, authority, metrics, certificate, plain };
        command.SetAction(async (parsed, ct) =>
        {
            var node = parsed.GetValue(name) ?? Environment.GetEnvironmentVariable(NodeName)
                ?? throw new OcidException(ErrorKind.InvalidArgument, $"agent: which node? (--node-name, or ${NodeName})");
            var address = parsed.GetValue(server) is { } url
                ? new ClusterAddress(new Uri(url), parsed.GetValue(token), parsed.GetValue(authority))
                : ClusterAddress.OfThisPod() ?? throw new OcidException(ErrorKind.InvalidArgument, "agent: this is no pod of a cluster: name the API server with --api-server");
            var options = new AgentOptions
            {
                Node = node,
                RevisionNamespace = parsed.GetValue(space) ?? RevisionSecret.DefaultNamespace,
                Program = Environment.ProcessPath!,
                Version = VersionCommand.Version,
            };
            var paths = new NodePaths(parsed.GetValue(root)!, parsed.GetValue(host) ?? "/");
            using var loggers = SystemdLog.CreateFactory(new LogThreshold(LogLevel.Information), Console.OpenStandardOutput());
            using var api = new ClusterApi(address);
            await using var serving = parsed.GetValue(metrics) is { } at
                ? await MetricsServer.StartAsync(MetricsOptions(at, parsed.GetValue(certificate), parsed.GetValue(plain)), paths.Local(context.Socket(parsed)), api, loggers, ct).ConfigureAwait(false)
                : null;
            await RunAsync(options, api, paths, loggers, ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid agent --host /host\nocid agent --node-name worker-1 --api-server https://10.0.0.1:6443 --token-file /tmp/token --ca-file /tmp/ca.crt", Notes);
    }

    private static MetricsServerOptions MetricsOptions(string address, string? certificate, bool isPlain)
    {
        if (!IPEndPoint.TryParse(address, out var endpoint) || endpoint.Port == 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"--metrics-address {Quoted.Text(address)}: want address:port");
        if (certificate?.Split(',') is not { } files)
            return new MetricsServerOptions(endpoint, null, isPlain);
        return files.Length == 2
            ? new MetricsServerOptions(endpoint, new StreamingTls(files[0], files[1], null), isPlain)
            : throw new OcidException(ErrorKind.InvalidArgument, $"--metrics-certificate {Quoted.Text(certificate)}: want the certificate's file and the key's, with a comma between");
    }

    private static async Task RunAsync(AgentOptions options, ClusterApi api, NodePaths paths, ILoggerFactory loggers, CancellationToken ct)
    {
        var agent = new NodeAgent(options, paths, api, HostServices.Of(paths), new HostCheck(paths, paths.Host, RuntimeInformation.ProcessArchitecture), loggers);
        try
        {
            await agent.RunAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The way to end it, as with `ocid serve`: no failure of its pod.
        }
    }
}
