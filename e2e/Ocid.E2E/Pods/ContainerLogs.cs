using Ocid.Cri.V1;

namespace Ocid.E2E.Pods;

public static class ContainerLogs
{
    /// <summary>Waits until the container has logged <paramref name="message"/>, and returns that line.</summary>
    public static async Task<LogLine> WaitForLogAsync(this ContainerConfig container, TestPod pod, string message)
    {
        var log = pod.Log(container);
        await log.WaitForAsync(message);
        return log.Lines().First(line => line.Message == message);
    }
}
