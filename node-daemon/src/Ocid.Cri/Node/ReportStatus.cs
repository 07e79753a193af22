using Ocid.Networking;
using Ocid.Cri.Verbose;

namespace Ocid.Cri.Node;

/// <summary>Whether this node can run pods, and on its pod network.</summary>
internal sealed class ReportStatus(PodNetwork network, RuntimeHandlers handlers)
    : ICall<V1.StatusRequest, V1.StatusResponse>
{
    public Task<V1.StatusResponse> HandleAsync(V1.StatusRequest request, CancellationToken ct)
    {
        var response = new V1.StatusResponse
        {
            Status = new V1.RuntimeStatus
            {
                Conditions =
                {
                    new V1.RuntimeCondition { Type = "RuntimeReady", Status = true },
                    new V1.RuntimeCondition
                    {
                        Type = "NetworkReady", Status = network.Ready, Reason = network.Ready ? "" : "NetworkPluginNotReady", Message = network.NotReadyReason ?? "",
                    },
                },
            },
            Features = new V1.RuntimeFeatures { SupplementalGroupsPolicy = true },
        };
        response.RuntimeHandlers.AddRange(handlers.Messages);
        if (request.Verbose)
            response.Info.Add("runtimes", VerboseInfo.Of(handlers.Versions));
        return Task.FromResult(response);
    }
}
