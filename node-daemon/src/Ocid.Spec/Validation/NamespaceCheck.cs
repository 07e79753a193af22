using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class NamespaceCheck
{
    public static void Check(RuntimeSpec spec, LinuxSpec linux, FaultList faults)
    {
        var spaces = linux.Namespaces ?? [];
        var known = Enum.GetValues<NamespaceKind>().Select(kind => kind.WireName()).ToHashSet(StringComparer.Ordinal);
        foreach (var space in spaces)
        {
            faults.Require(known.Contains(space.Type), "linux.namespaces", $"{Quoted.Text(space.Type)} is unknown");
            faults.Require(space.Path is null || space.Path.StartsWith('/'), "linux.namespaces", $"path {Quoted.Text(space.Path)} is not absolute");
        }

        foreach (var twice in spaces.GroupBy(space => space.Type).Where(space => space.Count() > 1))
            faults.Require(false, "linux.namespaces", $"{Quoted.Text(twice.Key)} is there twice");

        var user = spaces.FirstOrDefault(space => space.Type == "user");
        var mapped = linux.UidMappings is { Count: > 0 } || linux.GidMappings is { Count: > 0 };
        faults.Require(user is not null || !mapped, "linux.uidMappings", "mappings without a user namespace");
        faults.Require(user is not { Path: null } || mapped, "linux.namespaces", "a new user namespace without mappings");
        faults.Require(string.IsNullOrEmpty(spec.Hostname) || Has(spaces, "uts"), "hostname", "without a UTS namespace it would be the host's");
        faults.Require(string.IsNullOrEmpty(spec.Domainname) || Has(spaces, "uts"), "domainname", "without a UTS namespace it would be the host's");
        foreach (var name in linux.Sysctl?.Keys ?? [])
            CheckSysctl(name, spaces, faults);
    }

    private static void CheckSysctl(string name, IReadOnlyList<LinuxNamespace> spaces, FaultList faults)
    {
        var owner = Sysctls.Owner(name.Replace('/', '.'));
        faults.Require(owner is not null, "linux.sysctl", $"{Quoted.Text(name)} belongs to no namespace that a pod can have");
        faults.Require(owner is null || Has(spaces, owner.Value.WireName()), "linux.sysctl", $"{Quoted.Text(name)} would change the host's");
    }

    private static bool Has(IReadOnlyList<LinuxNamespace> spaces, string type) => spaces.Any(space => space.Type == type);
}
