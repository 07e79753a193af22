using Ocid.Primitives;
using Ocid.Spec.Hooks;
using Ocid.Spec.Mounts;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Cdi;

/// <summary>Gives a container the devices that it asks for by name: nodes, mounts, environment, groups and hooks.</summary>
public static class CdiDevices
{
    /// <summary>The request with what its devices need.</summary>
    /// <param name="request">The container's request.</param>
    /// <param name="names">The devices asked for; what a file says for all its devices is applied once, before those of its first.</param>
    /// <param name="specs">The files that could be read.</param>
    /// <param name="hostDevice">The device node at a path of the host; null where there is none.</param>
    /// <exception cref="OcidException">
    /// NotFound: no file has such a device. FailedPrecondition: two files of one directory have it, or a node is not on this host.
    /// </exception>
    public static ContainerSpecRequest Apply(ContainerSpecRequest request, IReadOnlyList<CdiDeviceName> names, IReadOnlyList<CdiSpec> specs, Func<string, ContainerDevice?> hostDevice)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(hostDevice);
        var begun = new HashSet<CdiSpec>();
        foreach (var name in names)
        {
            var spec = Find(name, specs);
            if (begun.Add(spec))
                request = Apply(request, spec.Document.ContainerEdits, hostDevice);
            request = Apply(request, spec.Document.Devices!.First(device => device.Name == name.Device).ContainerEdits, hostDevice);
        }

        return request;
    }

    private static CdiSpec Find(CdiDeviceName name, IReadOnlyList<CdiSpec> specs)
    {
        var found = specs.Where(spec => spec.Document.Kind == name.Kind && spec.Document.Devices!.Any(device => device.Name == name.Device))
            .GroupBy(spec => spec.Priority).MaxBy(same => same.Key)?.ToList();
        return found switch
        {
            [var only] => only,
            null => throw new OcidException(ErrorKind.NotFound, $"CDI device {name}: no specification has it"),
            _ => throw new OcidException(ErrorKind.FailedPrecondition, $"CDI device {name}: more than one specification has it: {string.Join(", ", found.Select(spec => spec.Path))}"),
        };
    }

    private static ContainerSpecRequest Apply(ContainerSpecRequest request, CdiDocument.CdiEdits? edits, Func<string, ContainerDevice?> hostDevice)
    {
        if (edits is null)
            return request;
        return request with
        {
            Environment = [.. request.Environment, .. (edits.Env ?? []).Select(Variable)],
            Devices = [.. request.Devices, .. (edits.DeviceNodes ?? []).Select(node => Node(node, request, hostDevice))],
            Mounts = [.. request.Mounts, .. (edits.Mounts ?? []).Select(Mount)],
            Hooks = (edits.Hooks ?? []).Aggregate(request.Hooks, (hooks, hook) => hooks.With(hook.HookName!, new SpecHook { Path = hook.Path!, Args = hook.Args, Env = hook.Env, Timeout = hook.Timeout })),
            User = request.User with { AdditionalGids = [.. request.User.AdditionalGids.Union((edits.AdditionalGids ?? []).Where(gid => gid != 0))] },
        };
    }

    private static EnvironmentVariable Variable(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new EnvironmentVariable(text[..equals], text[(equals + 1)..]);
    }

    // What a file leaves out is as on the host; a node without an owner is the user's of the container.
    private static ContainerDevice Node(CdiDocument.CdiDeviceNode node, ContainerSpecRequest request, Func<string, ContainerDevice?> hostDevice)
    {
        var path = node.HostPath is { Length: > 0 } other ? other : node.Path!;
        var known = node is { Type: "b" or "c" or "u", Major: not null, Minor: not null };
        var host = known ? null : hostDevice(path) ?? throw new OcidException(ErrorKind.FailedPrecondition, $"CDI device node {Quoted.Text(path)}: no device on this host");
        return new ContainerDevice
        {
            Path = node.Path!,
            Type = node.Type is { Length: > 0 } type ? type[0] : host!.Type,
            Major = node.Major ?? host!.Major,
            Minor = node.Minor ?? host!.Minor,
            FileMode = node.FileMode ?? host?.FileMode ?? 0x1B6,
            Uid = node.Uid ?? request.User.Uid,
            Gid = node.Gid ?? request.User.Gid,
            Access = node.Permissions is { Length: > 0 } permissions ? permissions : "rwm",
        };
    }

    private static ContainerMount Mount(CdiDocument.CdiMount mount) => new()
    {
        Source = mount.HostPath!,
        Destination = mount.ContainerPath!,
        ReadOnly = mount.Options?.Contains("ro") ?? false,
        Options = mount.Options ?? [],
    };
}
