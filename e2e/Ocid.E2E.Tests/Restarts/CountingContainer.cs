using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Restarts;

/// <summary>A container that logs the numbers from 1 on, so that a lost line shows as a gap.</summary>
internal static class CountingContainer
{
    public static ContainerConfig Configuration(string image) =>
        PodRequests.Script("counter", image, "i=0; while :; do i=$((i+1)); echo $i; usleep 2000; done");

    /// <summary>Waits for fresh lines, then checks that the numbers have no gap; a repeated chunk is allowed where the monitor was replaced.</summary>
    public static async Task ShouldHaveLostNothingAsync(ContainerLog log, bool mayRepeat = false)
    {
        var soFar = log.Messages().Count;
        var lines = await Eventually.GetAsync("the container logs on", () => Task.FromResult(log.Messages()), lines => lines.Count > soFar + 50);
        var numbers = lines.Select(int.Parse).ToList();
        if (mayRepeat)
            numbers = [.. numbers.Distinct()];
        numbers.Should().Equal(Enumerable.Range(1, numbers.Count));
    }
}
