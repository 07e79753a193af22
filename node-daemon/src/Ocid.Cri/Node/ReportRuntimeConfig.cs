namespace Ocid.Cri.Node;

/// <summary>Tells the kubelet which cgroup driver this node uses.</summary>
internal sealed class ReportRuntimeConfig(bool systemd)
    : ICall<V1.RuntimeConfigRequest, V1.RuntimeConfigResponse>
{
    public Task<V1.RuntimeConfigResponse> HandleAsync(V1.RuntimeConfigRequest request, CancellationToken ct) =>
        Task.FromResult(new V1.RuntimeConfigResponse { Linux = new V1.LinuxRuntimeConfiguration { CgroupDriver = systemd ? V1.CgroupDriver.Systemd : V1.CgroupDriver.Cgroupfs } });
}
