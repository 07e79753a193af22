using System.Globalization;
using Ocid.Runtime.Monitoring.Server;

string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;

return await MonitorServer.RunAsync(
    new MonitorServerOptions
    {
        SocketPath = Value("--socket") ?? throw new ArgumentException("--socket PATH is needed"),
        ResumeDescriptor = Value("--resume-fd") is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : null,
    },
    CancellationToken.None);
