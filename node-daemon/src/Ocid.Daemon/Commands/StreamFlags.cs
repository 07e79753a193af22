using System.CommandLine;
using Ocid.Daemon.Streaming;

namespace Ocid.Daemon.Commands;

/// <summary>The flags of the verbs that go through the streaming server.</summary>
internal sealed class StreamFlags(CommandContext context)
{
    private readonly Option<string?> _authority = File("--tls-ca", "Who has signed the streaming server's certificate, or that certificate [default: streaming.tls_cert_file]");
    private readonly Option<string?> _certificate = File("--tls-cert", "This client's certificate, where the server asks for one");
    private readonly Option<string?> _key = File("--tls-key", "Its private key");

    public IEnumerable<Option> Options => [_authority, _certificate, _key];

    public static Option<bool> Stdin() => new("--stdin", "-i", "--interactive") { Description = "Pass this program's input on" };

    public static Option<bool> Tty() => new("--tty", "-t") { Description = "The command is on a terminal, for which this one stands" };

    public static Option<string?> Container() => new("--container", "-c") { Description = "The pod's container; may be left out when it has one", HelpName = "NAME" };

    public ServerTrust Trust(ParseResult parsed) => new(
        parsed.GetValue(_authority) ?? context.Configuration(parsed).Options.Streaming.Tls?.CertificateFile, parsed.GetValue(_certificate), parsed.GetValue(_key));

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };
}
