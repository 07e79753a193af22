using Ocid.Testing;

namespace Ocid.Bench;

/// <summary><c>podman pull</c>, a process of its own; what it wrote is not durable when it ends.</summary>
internal static class PodmanPull
{
    public static Task<Run> RunAsync(string folder, string reference) => Run.MeasureAsync(() => Tool.RunAsync(
        "podman", "--root", Path.Combine(folder, "root"), "--runroot", Path.Combine(folder, "run"), "--storage-driver", "overlay",
        "pull", "--quiet", "--tls-verify=false", reference));
}
