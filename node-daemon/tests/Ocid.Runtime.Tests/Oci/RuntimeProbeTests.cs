using System.Text;
using Ocid.Runtime.Oci;

namespace Ocid.Runtime.Tests.Oci;

public sealed class RuntimeProbeTests
{
    [Fact]
    public void Features_are_what_the_program_lists()
    {
        const string features = """
            {"mountOptions": ["ro", "rro"], "linux": {"namespaces": ["mount", "user"], "seccomp": {"enabled": true}, "apparmor": {"enabled": true}, "selinux": {"enabled": false},
             "cgroup": {"v1": true, "v2": true, "systemd": true}, "mountExtensions": {"idmap": {"enabled": true}}}}
            """;

        RuntimeProbe.Read("runc version 1.2.3\nspec: 1.2.0\n", Encoding.UTF8.GetBytes(features)).Should().Be(
            new RuntimeFeatures { Version = "runc version 1.2.3", RecursiveReadOnlyMounts = true, UserNamespaces = true, IdMappedMounts = true, Seccomp = true, AppArmor = true, SystemdCgroup = true });
    }

    [Fact]
    public void A_program_without_the_verb_promises_only_what_it_was_built_with() =>
        RuntimeProbe.Read("crun version 1.8.1\n+SYSTEMD +SECCOMP +YAJL\n", null).Should().Be(new RuntimeFeatures { Version = "crun version 1.8.1", UserNamespaces = true, Seccomp = true, SystemdCgroup = true });
}
