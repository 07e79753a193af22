using Ocid.Agent.Applying;
using Ocid.Linux;

namespace Ocid.Daemon.Nodes;

/// <summary>Ends this process as a power cut would, right after a step of a change, where the environment asks for it: for tests.</summary>
internal static class FailPoint
{
    private const string Variable = "OCID_FAIL_POINT";
    private const int Kill = 9;

    /// <summary>Called with each step that is done.</summary>
    public static void Reached(ApplyStep step)
    {
        if (Environment.GetEnvironmentVariable(Variable) != step.ToString())
            return;
        using var self = PidFd.Open(Environment.ProcessId);
        self.TrySignal(Kill);
        Thread.Sleep(Timeout.Infinite);
    }
}
