using System.CommandLine;
using System.Net;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Streaming;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid port-forward</c>: local ports that lead to a pod's.</summary>
internal static class PortForwardCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("POD") { Description = "Id, beginning of an id, name, or namespace/name" };
        var ports = new Argument<string[]>("PORT") { Description = "PORT, LOCAL:REMOTE, or :REMOTE for any local port", Arity = ArgumentArity.OneOrMore };
        var addresses = new Option<string[]>("--address") { Description = "Listen at these addresses, IP or localhost, comma separated [default: localhost]", HelpName = "ADDRESS" };
        var stream = new StreamFlags(context);
        var command = new Command("port-forward", "Forward local ports to a pod, until interrupted") { addresses, name, ports };
        foreach (var option in stream.Options)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var mappings = parsed.GetRequiredValue(ports).Select(PortMapping.Parse).ToList();
            var listening = (parsed.GetValue(addresses) is { Length: > 0 } asked ? asked : ["localhost"]).SelectMany(list => list.Split(',')).SelectMany(Addresses).Distinct().ToList();
            using var client = context.Connect(parsed);
            var pod = (await NodeObjects.ListAsync(client, ct).ConfigureAwait(false)).Any(parsed.GetRequiredValue(name)).Pod
                ?? throw new OcidException(ErrorKind.InvalidArgument, $"{Quoted.Text(parsed.GetRequiredValue(name))} is a container; ports are a pod's");
            await new PortForwarder(client, pod.Id, stream.Trust(parsed), context.Terminal).RunAsync(listening, mappings, ct).ConfigureAwait(false);
        });
        return context.WithExamples(command, "ocid port-forward web 8080:80\nocid port-forward web 5432 :80\nocid port-forward --address 0.0.0.0 9f3c0a 80");
    }

    private static IEnumerable<IPAddress> Addresses(string text)
    {
        if (text == "localhost")
            return System.Net.Sockets.Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        return IPAddress.TryParse(text, out var address) ? [address] : throw new OcidException(ErrorKind.InvalidArgument, $"--address {Quoted.Text(text)}: want an IP address or localhost");
    }
}
