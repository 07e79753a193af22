using Ocid.Cri.V1;

namespace Ocid.Cri.Node;

/// <summary>Version: who answers, and which CRI it speaks.</summary>
internal sealed class ReportVersion : ICall<VersionRequest, VersionResponse>
{
    public Task<VersionResponse> HandleAsync(VersionRequest request, CancellationToken ct) => Task.FromResult(new VersionResponse
    {
        Version = "0.1.0", // of the kubelet's runtime API, constant
        RuntimeName = BuildInfo.RuntimeName,
        RuntimeVersion = BuildInfo.Version,
        RuntimeApiVersion = "v1",
    });
}
