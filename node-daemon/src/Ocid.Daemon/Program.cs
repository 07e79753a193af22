using Ocid.Daemon;
using Ocid.Daemon.Commands;
using Ocid.Daemon.Monitoring;
using SelfProcess = Ocid.Linux.SelfProcess;

// A node runs for months, and hundreds of threads come and go.
SelfProcess.KeepMallocSmall();
using var trim = new MemoryTrim();

// The monitor must start fast and stay small: nothing of the command line, of gRPC or of ASP.NET is touched on its way.
return args is ["monitor", ..] && !args.Any(argument => argument is "-h" or "--help" or "-?")
    ? await MonitorVerb.RunAsync(args.AsMemory(1))
    : await OcidCommandLine.RunAsync(args, Terminal.OfThisProcess());
