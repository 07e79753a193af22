using System.Diagnostics;

namespace Ocid.Operator.Controllers;

/// <summary>Ends this process as a power cut would, right after a step of a round of writes, where the environment asks for it: for tests.</summary>
internal static class FailPoint
{
    private const string Variable = "OCID_FAIL_POINT";

    /// <summary>Called with each step that is done.</summary>
    public static void Reached(OperatorStep step)
    {
        if (Environment.GetEnvironmentVariable(Variable) != step.ToString())
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
