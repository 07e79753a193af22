using System.Net;
using Microsoft.Extensions.Logging;
using Ocid.Primitives;

namespace Ocid.Cri.Node;

/// <summary>
/// The kubelet tells the pods' address range once it knows it. The CNI configuration says who gives addresses here, so the range is checked and
/// logged, for the engineer who compares the two.
/// </summary>
internal sealed partial class UpdateRuntimeConfig(ILogger<UpdateRuntimeConfig> logger)
    : ICall<V1.UpdateRuntimeConfigRequest, V1.UpdateRuntimeConfigResponse>
{
    public Task<V1.UpdateRuntimeConfigResponse> HandleAsync(V1.UpdateRuntimeConfigRequest request, CancellationToken ct)
    {
        var ranges = request.RuntimeConfig?.NetworkConfig?.PodCidr ?? "";
        foreach (var range in ranges.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IPNetwork.TryParse(range, out _))
                throw new OcidException(ErrorKind.InvalidArgument, $"update runtime config: pod_cidr {Quoted.Text(range)} is no address range");
        }

        if (ranges.Length > 0)
            LogRange(ranges);
        return Task.FromResult(new V1.UpdateRuntimeConfigResponse());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "the kubelet says that pods have addresses of {Ranges}; the CNI configuration decides")]
    private partial void LogRange(string ranges);
}
