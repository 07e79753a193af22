using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

/// <summary>What a call owes its callers beyond its types: each test is named after one such obligation of the kubelet's or of CRI's own.</summary>
[Collection(nameof(TestMachine))]
public abstract class ObligationTests(SharedNode shared)
{
    protected SharedNode Shared { get; } = shared;

    protected TestNode Node
    {
        get
        {
            Skip.IfNot(NodeRequirements.Missing() is null, NodeRequirements.Missing() ?? "");
            return Shared.Node;
        }
    }

    protected RuntimeService.RuntimeServiceClient Runtime => Node.Runtime;

    protected ImageService.ImageServiceClient Images => Node.Images;

    protected AsyncUnaryCall<CreateContainerResponse> Create(TestPod pod, ContainerConfig container) =>
        Runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = pod.Id, Config = container, SandboxConfig = pod.Configuration });
}
