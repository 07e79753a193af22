using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec;

internal static class NamespaceList
{
    public static IReadOnlyList<LinuxNamespace> Generate(ContainerSpecRequest request, HostFacts host)
    {
        var asked = request.Namespaces;
        if (asked.GroupBy(space => space.Kind).FirstOrDefault(kind => kind.Count() > 1) is { } twice)
            throw new OcidException(ErrorKind.InvalidArgument, $"namespace {twice.Key.WireName()}: asked for twice");
        if (asked.Any(space => space is { Kind: NamespaceKind.User, Path: null }) && (request.UidMappings.Count == 0 || request.GidMappings.Count == 0))
            throw new OcidException(ErrorKind.InvalidArgument, "user namespace: no id mappings");

        var all = asked.ToList();
        AddNew(all, NamespaceKind.Mount);
        if (host.CgroupMode == CgroupMode.Unified && !request.Privileged)
            AddNew(all, NamespaceKind.Cgroup);
        return [.. all.Select(space => new LinuxNamespace { Type = space.Kind.WireName(), Path = space.Path })];
    }

    private static void AddNew(List<NamespaceRequest> all, NamespaceKind kind)
    {
        if (!all.Exists(space => space.Kind == kind))
            all.Add(new NamespaceRequest(kind));
    }
}
