using Ocid.Primitives;

namespace Ocid.Daemon.Manifests;

/// <summary>What a pod of <c>ocid run</c> has on the host, as the kubelet would have made it: its logs and its emptyDir volumes.</summary>
internal sealed class PodDirectory
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Everybody = Private | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _path;

    private PodDirectory(string stateDirectory, Guid uid) => (_path, Uid) = (Path.Combine(stateDirectory, "run", uid.ToString()), uid);

    public Guid Uid { get; }

    public string Logs => Path.Combine(_path, "logs");

    public static PodDirectory New(string stateDirectory) => new(stateDirectory, Guid.NewGuid());

    /// <summary>The directory of a pod with this uid; null when the pod is not ours. Only a UUID becomes a path.</summary>
    public static PodDirectory? Of(string stateDirectory, string uid) =>
        Guid.TryParseExact(uid, "D", out var parsed) && Directory.Exists(new PodDirectory(stateDirectory, parsed)._path) ? new PodDirectory(stateDirectory, parsed) : null;

    public void Create(PodManifest pod)
    {
        Directory.CreateDirectory(_path, Private);
        foreach (var container in pod.InitContainers.Concat(pod.Containers))
            Directory.CreateDirectory(Path.Combine(Logs, container.Name), Private);
        foreach (var volume in pod.Volumes.Values)
            Prepare(volume);
    }

    public void Delete() => Directory.Delete(_path, recursive: true);

    /// <summary>The host's path of a volume.</summary>
    public string PathOf(VolumeManifest volume) => volume.HostPath ?? Path.Combine(_path, "volumes", volume.Name);

    // https://kubernetes.io/docs/concepts/storage/volumes/#hostpath-volume-types
    private void Prepare(VolumeManifest volume)
    {
        var path = PathOf(volume);
        if (volume.HostPath is null)
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, Everybody); // the umask has taken from what CreateDirectory was told
            return;
        }

        if (volume.HostPathType == "DirectoryOrCreate")
            Directory.CreateDirectory(path);
        if (volume.HostPathType == "FileOrCreate" && !File.Exists(path))
            File.Create(path).Dispose();

        var isThere = volume.HostPathType switch
        {
            "Directory" or "DirectoryOrCreate" => Directory.Exists(path),
            "File" or "FileOrCreate" or "Socket" or "CharDevice" or "BlockDevice" => File.Exists(path),
            _ => Path.Exists(path),
        };
        if (!isThere)
            throw new OcidException(ErrorKind.NotFound, $"volume {volume.Name}: {path}: no such {(volume.HostPathType.Length > 0 ? volume.HostPathType.Replace("OrCreate", "", StringComparison.Ordinal).ToLowerInvariant() : "path")}");
    }
}
