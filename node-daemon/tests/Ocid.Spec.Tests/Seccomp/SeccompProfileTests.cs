using System.Text;
using Ocid.Primitives;
using Ocid.Spec.Seccomp;

namespace Ocid.Spec.Tests.Seccomp;

public sealed class SeccompProfileTests
{
    private static readonly SeccompContext Plain = new("SCMP_ARCH_X86_64", new Version(6, 1), []);

    [Theory]
    [InlineData("mount")]
    [InlineData("bpf")]
    [InlineData("io_uring_setup")]
    [InlineData("keyctl")]
    [InlineData("kexec_load")]
    [InlineData("unshare")]
    [InlineData("userfaultfd")]
    public void The_default_denies_what_leads_out_of_a_container(string call) =>
        Allowed(Plain).Should().NotContain(call);

    [Theory]
    [InlineData("read")]
    [InlineData("execve")]
    [InlineData("clock_gettime")]
    [InlineData("futex")]
    [InlineData("statx")]
    [InlineData("rseq")]
    [InlineData("_llseek")]
    [InlineData("close_range")]
    public void The_default_allows_what_programs_need(string call) =>
        Allowed(Plain).Should().Contain(call);

    [Fact]
    public void A_capability_brings_its_calls() =>
        Allowed(Plain with { Capabilities = ["CAP_SYS_ADMIN"] }).Should().Contain("mount", "unshare", "clone3");

    [Fact]
    public void Without_sys_admin_clone_is_allowed_only_without_namespaces_and_clone3_is_absent()
    {
        var rules = SeccompProfile.Default.Evaluate(Plain).Syscalls!;

        rules.Single(rule => rule.Names.Contains("clone")).Args!.Single().Value.Should().Be(0x7E020000);
        rules.Single(rule => rule.Names.Contains("clone3")).ErrnoRet.Should().Be(38);
    }

    [Theory]
    [InlineData("SCMP_ARCH_X86_64", "SCMP_ARCH_X86_64,SCMP_ARCH_X86,SCMP_ARCH_X32")]
    [InlineData("SCMP_ARCH_AARCH64", "SCMP_ARCH_AARCH64,SCMP_ARCH_ARM")]
    public void The_default_names_the_architectures_of_the_processor(string native, string expected) =>
        SeccompProfile.Default.Evaluate(Plain with { Architecture = native }).Architectures.Should().Equal(expected.Split(','));

    [Theory]
    [InlineData("""{"includes": {"minKernel": "6.2"}}""", false)]
    [InlineData("""{"includes": {"minKernel": "6.1"}}""", true)]
    [InlineData("""{"includes": {"arches": ["amd64"]}}""", true)]
    [InlineData("""{"includes": {"arches": ["arm64"]}}""", false)]
    [InlineData("""{"excludes": {"arches": ["amd64"]}}""", false)]
    [InlineData("""{"includes": {"caps": ["CAP_CHOWN", "CAP_KILL"]}}""", false)]
    [InlineData("""{"includes": {}, "excludes": {"caps": ["CAP_KILL"]}}""", true)]
    [InlineData("""{"includes": {"caps": ["CAP_CHOWN"]}, "excludes": {"caps": ["CAP_CHOWN"]}}""", false)]
    public void Conditions_decide_about_a_rule(string conditions, bool applies)
    {
        var rule = $$"""{"names": ["x"], "action": "SCMP_ACT_ALLOW", {{conditions[1..]}}""";
        var profile = Parse($$"""{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{{rule}}]}""");

        profile.Evaluate(Plain with { Capabilities = ["CAP_CHOWN"] }).Syscalls.Should().HaveCount(applies ? 1 : 0);
    }

    [Fact]
    public void A_profile_in_the_specifications_own_form_stays_as_it_is()
    {
        var seccomp = Parse("""{"defaultAction": "SCMP_ACT_LOG", "architectures": ["SCMP_ARCH_X86"], "syscalls": [{"names": ["a"], "action": "SCMP_ACT_ERRNO", "errnoRet": 5}]}""").Evaluate(Plain);

        seccomp.Should().BeEquivalentTo(new { DefaultAction = "SCMP_ACT_LOG", Architectures = new[] { "SCMP_ARCH_X86" } });
        seccomp.Syscalls!.Single().ErrnoRet.Should().Be(5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"defaultAction": "ALLOW"}""")]
    [InlineData("""{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"action": "SCMP_ACT_ALLOW"}]}""")]
    [InlineData("""{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["x"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "new"}}]}""")]
    [InlineData("""{"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["x"], "action": "SCMP_ACT_ALLOW", "args": [{"index": 6, "value": 1, "op": "SCMP_CMP_EQ"}]}]}""")]
    public void What_is_no_profile_is_refused(string json) =>
        FluentActions.Invoking(() => Parse(json)).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    private static SeccompProfile Parse(string json) => SeccompProfile.Parse(Encoding.UTF8.GetBytes(json));

    private static List<string> Allowed(SeccompContext context) =>
        [.. SeccompProfile.Default.Evaluate(context).Syscalls!.Where(rule => rule.Action == "SCMP_ACT_ALLOW").SelectMany(rule => rule.Names)];
}
