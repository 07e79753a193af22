using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Policy;

public sealed class SignaturePolicyTests : IDisposable
{
    private const string Accept = """{"default":[{"type":"insecureAcceptAnything"}]}""";
    private const string Reject = """{"default":[{"type":"reject"}]}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-policy-").FullName;
    private readonly SignaturePolicy _policy;

    public SignaturePolicyTests()
    {
        Directory.CreateDirectory(At("ocid"));
        Directory.CreateDirectory(At("containers"));
        Directory.CreateDirectory(At("namespaces"));
        _policy = new SignaturePolicy(new ImageConfigurationRoots([At("ocid"), At("containers")]), At("namespaces"), NullLoggerFactory.Instance);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_node_without_any_policy_accepts()
    {
        (await AcceptsAsync()).Should().BeTrue();
        (await AcceptsAsync("payments")).Should().BeTrue();
    }

    [Fact]
    public async Task Our_directory_comes_before_the_common_one()
    {
        Write("containers/policy.json", Accept);
        Write("ocid/policy.json", Reject);

        (await AcceptsAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_change_is_in_force_at_once()
    {
        Write("ocid/policy.json", Accept);
        (await AcceptsAsync()).Should().BeTrue();

        Write("ocid/policy.json", Reject);

        (await AcceptsAsync()).Should().BeFalse();
    }

    [Fact]
    public void A_policy_that_turns_wrong_lets_nothing_through_and_says_where()
    {
        Write("ocid/policy.json", Accept);
        _policy.InForce(null, null);
        Write("ocid/policy.json", """{"default":[{"type":"accept"}]}""");

        Refusal(null, null).Should().StartWith("SignatureValidationFailed: ").And.Contain("ocid/policy.json: default[0]: unknown type \"accept\"");
        Write("ocid/policy.json", Accept);
        _policy.InForce(null, null).Should().NotBeNull();
    }

    [Fact]
    public void A_policy_that_was_in_force_and_is_gone_lets_nothing_through()
    {
        Write("ocid/policy.json", Accept);
        _policy.InForce(null, null);
        File.Delete(At("ocid/policy.json"));

        Refusal(null, null).Should().Contain("policy.json was in force and is gone");
        Write("containers/policy.json", Accept);
        _policy.InForce(null, null).Should().NotBeNull("the other directory has one");
    }

    [Fact]
    public async Task A_namespace_may_have_its_own()
    {
        Write("ocid/policy.json", Accept);
        Write("namespaces/payments.json", Reject);

        (await AcceptsAsync("payments")).Should().BeFalse();
        (await AcceptsAsync("default")).Should().BeTrue();
        (await AcceptsAsync("")).Should().BeTrue();
        File.Delete(At("namespaces/payments.json"));
        (await AcceptsAsync("payments")).Should().BeTrue();
    }

    [Fact]
    public void A_namespaces_broken_policy_is_no_reason_to_take_the_nodes()
    {
        Write("ocid/policy.json", Accept);
        Write("namespaces/payments.json", "{");

        Refusal("payments", null).Should().Contain("payments.json: line 1");
        Refusal("../ocid/policy", null).Should().Contain("no name of a Kubernetes namespace");
    }

    [Fact]
    public void A_file_that_a_caller_names_must_be_there()
    {
        Write("ocid/policy.json", Accept);

        Refusal(null, At("absent.json")).Should().EndWith("absent.json: no such file");
    }

    [Fact]
    public async Task Pulls_share_a_policy_as_long_as_it_stays_and_never_one_of_another_namespace()
    {
        Write("ocid/policy.json", Accept);
        Write("namespaces/payments.json", Accept);
        // What was written just now is read once more, for it could change again within the same tick of the clock.
        await Task.Delay(100);
        var node = _policy.InForce(null, null);

        _policy.InForce("default", null).Should().BeSameAs(node);
        _policy.InForce("payments", null).Should().NotBeSameAs(node);
        Write("ocid/policy.json", Accept + " ");
        _policy.InForce("default", null).Should().NotBeSameAs(node);
    }

    private async Task<bool> AcceptsAsync(string? kubernetesNamespace = null)
    {
        var subject = new PolicySubject(ImageReference.Parse("quay.io/a/b:1"), Signatures.SignedImage.Manifest, new Ocid.Images.Signatures.GivenSignatures([]));
        try
        {
            await _policy.InForce(kubernetesNamespace, null).RequireAsync(subject, CancellationToken.None);
            return true;
        }
        catch (OcidException refused) when (refused.Kind == ErrorKind.PermissionDenied)
        {
            refused.Message.Should().Be("SignatureValidationFailed: image quay.io/a/b:1: policy scope default: reject: images from here are rejected");
            return false;
        }
    }

    private string Refusal(string? kubernetesNamespace, string? file)
    {
        var ask = () => _policy.InForce(kubernetesNamespace, file);
        return ask.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.PermissionDenied).And.Message;
    }

    private void Write(string name, string json) => File.WriteAllText(At(name), json);

    private string At(string name) => Path.Combine(_folder, name);
}
