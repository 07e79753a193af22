using Ocid.Cri.State;
using Ocid.Cri.Verbose;
using Ocid.Networking;

namespace Ocid.Cri.Node;

/// <summary>Whether this node can run pods, and on its pod network.</summary>
internal sealed class ReportStatus(PodNetwork network, RuntimeHandlers handlers, NodeSettingsInForce settings, UserNamespaceSupport userNamespaces)
    : ICall<V1.StatusRequest, V1.StatusResponse>
{
    public async Task<V1.StatusResponse> HandleAsync(V1.StatusRequest request, CancellationToken ct)
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
        var whyNot = await userNamespaces.WhyNotAsync().ConfigureAwait(false);
        response.RuntimeHandlers.AddRange(handlers.Messages(userNamespaces: whyNot is null));
        if (request.Verbose)
        {
            response.Info.Add("runtimes", VerboseInfo.Of(handlers.Versions));
            response.Info.Add("configuration", VerboseInfo.Of(Configuration()));
            response.Info.Add("host", VerboseInfo.Of(new Dictionary<string, string> { ["userNamespaces"] = whyNot ?? "supported" }));
        }

        return response;
    }

    private Dictionary<string, string> Configuration()
    {
        var said = new Dictionary<string, string> { ["digest"] = settings.Now.Configuration };
        if (settings.Refused is { } refused)
            (said["refused"], said["reason"]) = (refused.Configuration, refused.Reason);
        return said;
    }
}
