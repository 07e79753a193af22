using Ocid.Linux;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>A pod's network, IPC and UTS namespaces, and its user namespace where it has one of its own, held by bind mounts instead of a pause process.</summary>
public static class PodNamespaces
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Network = "net";
    private const string Ipc = "ipc";
    private const string Uts = "uts";
    private const string User = "user";

    /// <summary>Makes and pins the namespaces with <c>lo</c> up, host name and sysctls set. After a failure nothing is left.</summary>
    /// <exception cref="OcidException">InvalidArgument: a sysctl or the host name. AlreadyExists: the directory is there. Else the system call that failed.</exception>
    public static async Task<PinnedNamespaces> CreateAsync(PodNamespaceRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sysctls = request.Sysctls.Select(one => Sysctl.Parse(one.Key, one.Value)).ToList();
        return await OwnThread.RunAsync(() => Create(request, sysctls), ct);
    }

    /// <summary>Removes the pins and their directory. What is not there is fine: after a reboot /run is empty. Blocks for a moment.</summary>
    /// <exception cref="LinuxException">A pin cannot be unmounted.</exception>
    public static void Remove(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
            return;
        foreach (var name in (string[])[Network, Ipc, Uts, User])
            NamespacePins.Remove(Path.Combine(directory, name));
        Directory.Delete(directory);
    }

    private static PinnedNamespaces Create(PodNamespaceRequest request, IReadOnlyList<Sysctl> sysctls)
    {
        MakeDirectory(request.Directory);
        try
        {
            var pins = new PinnedNamespaces(
                request.Directory,
                PinFile(request, Network, request.Network),
                PinFile(request, Ipc, request.Ipc),
                PinFile(request, Uts, request.Uts),
                PinFile(request, User, request.Users is not null));
            NamespacePins.Create(new NamespacePlan
            {
                NetworkPin = pins.NetworkPath,
                IpcPin = pins.IpcPath,
                UtsPin = pins.UtsPath,
                User = request.Users is { } users ? new UserNamespacePlan(pins.UserPath!, users.Users, users.Groups) : null,
                Hostname = string.IsNullOrEmpty(request.Hostname) ? null : request.Hostname,
                Sysctls = sysctls,
            });
            return pins;
        }
        catch
        {
            Remove(request.Directory);
            throw;
        }
    }

    private static void MakeDirectory(string path)
    {
        if (Directory.Exists(path))
            throw new OcidException(ErrorKind.AlreadyExists, $"namespaces {path}: the directory exists");
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
            Directory.CreateDirectory(parent, OwnerOnly);
        Directory.CreateDirectory(path, OwnerOnly);
    }

    private static string? PinFile(PodNamespaceRequest request, string name, bool wanted)
    {
        if (!wanted)
            return null;
        var path = Path.Combine(request.Directory, name);
        File.WriteAllBytes(path, []);
        return path;
    }
}
