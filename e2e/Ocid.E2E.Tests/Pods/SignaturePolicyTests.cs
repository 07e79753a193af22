using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Pods;

/// <summary>What a cluster sees of a node that wants signatures.</summary>
public sealed class SignaturePolicyTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task A_signed_image_is_pulled_and_an_unsigned_one_is_refused_in_the_words_that_the_kubelet_knows()
    {
        await using var node = await StartNodeAsync();
        var (signed, unsigned) = (await CopyAsync("signed"), await CopyAsync("unsigned"));
        var key = Path.Combine(node.Folders.Root, "release");
        await node.OcidAsync("key", "generate", "--no-passphrase", key);
        await node.OcidAsync("sign", "--key", $"{key}.private", signed);
        Directory.CreateDirectory(node.Folders.ImageConfiguration + "/registries.d");
        await File.WriteAllTextAsync(node.Folders.ImageConfiguration + "/registries.d/e2e.yaml", $"docker:\n  {Machine.Registry}:\n    use-sigstore-attachments: true\n");
        await File.WriteAllTextAsync(node.Folders.ImageConfiguration + "/policy.json", $$$"""
            {"default":[{"type":"reject"}],"transports":{"docker":{"{{{Machine.Registry}}}":[{"type":"sigstoreSigned","keyPath":"{{{key}}}.pub"}]} } }
            """);

        // The policy was written while the daemon runs.
        await PullAsync(node, signed, "default");
        var refused = await FluentActions.Awaiting(() => PullAsync(node, unsigned, "default")).Should().ThrowAsync<RpcException>();

        refused.Which.StatusCode.Should().Be(StatusCode.Unknown, "the kubelet strips this code and no other from the text");
        refused.Which.Status.Detail.Should().Be(
            $"SignatureValidationFailed: image {unsigned}: policy scope docker:{Machine.Registry}: sigstoreSigned: a signature is required, and there is none");
        (await node.ListImagesAsync()).Should().ContainSingle().Which.RepoTags.Should().Equal(signed);
        (await node.TryOcidAsync("verify", unsigned)).ExitCode.Should().Be(1);
        (await node.OcidAsync("verify", "--key", $"{key}.pub", signed)).Should().StartWith($"{Machine.Registry}/signed@sha256:");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_namespace_with_a_policy_of_its_own_gets_no_container_of_what_another_pulled()
    {
        await using var node = await StartNodeAsync();
        await PullAsync(node, Busybox, "default");
        Directory.CreateDirectory(node.Folders.Policies);
        await File.WriteAllTextAsync(node.Folders.Policies + "/payments.json", """{"default":[{"type":"reject"}]}""");
        var container = PodRequests.Script("app", Busybox, "exit 0");
        container.Image.UserSpecifiedImage = Busybox;

        var sandbox = PodRequests.Sandbox(node, "payer");
        sandbox.Metadata.Namespace = "payments";
        var strict = await TestPod.RunAsync(node, sandbox);
        var refused = await FluentActions.Awaiting(() => strict.CreateAsync(container)).Should().ThrowAsync<RpcException>();
        var open = await TestPod.RunAsync(node, "open");
        await open.StartAsync(container);

        refused.Which.Status.Detail.Should().StartWith("SignatureValidationFailed: ").And.Contain("policy scope default: reject");
        await FluentActions.Awaiting(() => PullAsync(node, Busybox, "payments")).Should().ThrowAsync<RpcException>();
        await node.StopAsync();
    }

    private static async Task PullAsync(TestNode node, string image, string space) => await node.Images.PullImageAsync(new PullImageRequest
    {
        Image = new ImageSpec { Image = image },
        SandboxConfig = new PodSandboxConfig { Metadata = new PodSandboxMetadata { Name = "pod", Namespace = space, Uid = "1" } },
    });

    private async Task<string> CopyAsync(string name)
    {
        // Its own manifest, so that no signature of one is the other's.
        var image = $"{Machine.Registry}/{name}:latest";
        await Tool.RunAsync(
            "skopeo", "--insecure-policy", "copy", "--quiet", "--src-tls-verify=false", "--dest-tls-verify=false", "--format", name == "signed" ? "oci" : "v2s2", $"docker://{Busybox}", $"docker://{image}");
        return image;
    }
}
