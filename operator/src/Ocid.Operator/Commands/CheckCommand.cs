using System.CommandLine;
using Ocid.Cluster.Api;

namespace Ocid.Operator.Commands;

/// <summary><c>ocid-operator check</c>: is the operator at work? For <c>helm test</c> and for people.</summary>
internal static class CheckCommand
{
    private const string Lease = "ocid-operator";
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    public static Command Create(Terminal terminal)
    {
        var (scope, connection) = (new ScopeOptions(), new ConnectionOptions());
        var timeout = DurationOption.Create("--timeout", "How long to wait for it", "1m");
        var command = new Command("check", "Say whether the cluster knows the operator's resources and an operator leads.");
        scope.AddTo(command);
        connection.AddTo(command);
        command.Options.Add(timeout);
        command.SetAction(async (parsed, ct) =>
        {
            using var kubernetes = connection.Connect(parsed);
            var check = new OperatorCheck(new ClusterClient(kubernetes), new Key(scope.Read(parsed).Namespace, Lease), TimeProvider.System);
            terminal.Output.WriteLine(await check.RunAsync(parsed.GetValue(timeout) ?? DefaultTimeout, ct));
            return ExitCode.Done;
        });
        return command;
    }
}
