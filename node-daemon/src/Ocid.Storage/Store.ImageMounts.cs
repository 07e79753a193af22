using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage;

public sealed partial class Store
{
    private const string ImageMountMark = "ocid.image-mount";
    private const string MountDirectory = "directory";
    private const string MountWritable = "writable";

    /// <summary>The images that <see cref="MountImageAsync"/> mounted.</summary>
    public IReadOnlyList<ImageMount> ImageMounts
    {
        get
        {
            var counts = _mounts.Counts;
            return [.. Containers.Select(container => ReadMount(container, counts)).OfType<ImageMount>()];
        }
    }

    /// <summary>Mounts an image. The same again is the mount that is there.</summary>
    /// <exception cref="OcidException">NotFound: no such image or directory. FailedPrecondition: something else is mounted at the directory.</exception>
    public async Task<ImageMount> MountImageAsync(ImageId image, ImageMountRequest how, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(how);
        var directory = how.Directory is null ? null : Path.TrimEndingDirectorySeparator(Path.GetFullPath(how.Directory));
        var known = ImageMounts.FirstOrDefault(mount => mount.ImageId == image.Value && mount.Writable == how.Writable
            && (directory is null ? mount.Path == _driver.MountPoint(FindContainer(mount.Id).Layer) : mount.Path == directory));
        if (known is { Mounted: true })
            return known;
        if (directory is not null && !Directory.Exists(directory))
            throw new OcidException(ErrorKind.NotFound, $"mount image {image}: no directory {directory}");
        if (directory is not null && MountTable.IsMountPoint(directory))
            throw new OcidException(ErrorKind.FailedPrecondition, $"mount image {image}: something is mounted at {directory} already");

        var id = known?.Id ?? ContainerId.New();
        await using var undo = new Undo(left => LogNotTakenBack(id.Value, left));
        if (known is null)
        {
            await CreateContainerAsync(new ContainerCreation { Id = id, ImageId = image, Names = [$"ocid-mount-{id.Value[..12]}"], Metadata = Mark(directory, how.Writable) }, ct);
            undo.Push(async bounded => await DeleteContainerAsync(id, bounded));
        }

        var path = await MountAsync(id, new ContainerMount { ReadOnly = !how.Writable, Users = how.Users }, ct);
        undo.Push(async bounded => await UnmountAsync(id, force: true, bounded));
        if (directory is not null)
            await OwnThread.RunAsync(() => Show(path, directory, how.Writable), ct);
        undo.Commit();
        return ImageMounts.First(mount => mount.Id == id);
    }

    /// <summary>Unmounts an image that <see cref="MountImageAsync"/> mounted, and removes the record with what was written.</summary>
    /// <param name="id">The mount.</param>
    /// <param name="force">Also while processes use it.</param>
    /// <param name="ct">Cancels the wait for locks.</param>
    /// <exception cref="OcidException">NotFound: no such mount. FailedPrecondition: processes use it, which the message names.</exception>
    public async Task UnmountImageAsync(ContainerId id, bool force, CancellationToken ct)
    {
        var mount = ImageMounts.FirstOrDefault(mount => mount.Id == id) ?? throw new OcidException(ErrorKind.NotFound, $"image mount {id}: not in the store");
        var tree = _driver.MountPoint(FindContainer(id).Layer);
        if (!force && await OwnThread.RunAsync(() => Users(mount.Path, tree), ct) is { Count: > 0 } users)
            throw new OcidException(ErrorKind.FailedPrecondition, $"unmount {mount.Path}: in use by {string.Join(", ", users.Select(user => $"{user.Name} (process {user.Pid})"))}");
        if (mount.Path != tree && mount.Mounted)
            Mounts.Unmount(mount.Path, detach: true);
        await DeleteContainerAsync(id, ct);
    }

    private static IReadOnlyList<PathUser> Users(params IEnumerable<string> paths) => [.. paths.Distinct().SelectMany(path => PathUsers.Of(path)).DistinctBy(user => user.Pid)];

    private void Show(string path, string directory, bool writable)
    {
        Mounts.Bind(path, directory);
        try
        {
            Mounts.SetPropagation(directory, MountOptions.Private);
            if (!writable)
                Mounts.RemountBind(directory, MountOptions.ReadOnly | OverlayOptions.Parse(_options.MountOptions).Flags);
        }
        catch
        {
            Mounts.Unmount(directory, detach: true);
            throw;
        }
    }

    // Who uses an image, and how that ends where it is ours to say.
    private string Holder(JsonObject container)
    {
        if (ReadMark(container.Text("metadata") ?? "") is not { } mark || !LayerId.TryParse(container.Text("layer"), out var layer))
            return $"container {container.Text("id")}{(container.Texts("names") is [var name, ..] ? $" ({name})" : "")}";
        return $"the mount at {mark.Text(MountDirectory) ?? _driver.MountPoint(layer)} (ocid image unmount ends it)";
    }

    private ImageMount? ReadMount(ContainerRecord container, IReadOnlyDictionary<string, long> counts)
    {
        if (ReadMark(container.Metadata) is not { } mark)
            return null;
        var tree = _driver.MountPoint(container.Layer);
        var path = mark.Text(MountDirectory) ?? tree;
        var mounted = counts.GetValueOrDefault(container.Layer.Value) > 0 && (path == tree || IsShown(tree, path));
        return new ImageMount(container.Id, container.ImageId, path, mark.Text(MountWritable) is not null, mounted);
    }

    // Two views of one file system: what else is mounted there meanwhile is not ours.
    private static bool IsShown(string tree, string path) =>
        FileStatus.Of(tree) is { } one && FileStatus.Of(path) is { } other && (one.Device, one.Inode) == (other.Device, other.Inode);

    private static string Mark(string? directory, bool writable)
    {
        var mark = new JsonObject();
        if (directory is not null)
            mark[MountDirectory] = directory;
        if (writable)
            mark[MountWritable] = "yes";
        return new JsonObject { [ImageMountMark] = mark }.ToJsonString();
    }

    private static JsonObject? ReadMark(string metadata)
    {
        if (!metadata.Contains(ImageMountMark, StringComparison.Ordinal))
            return null;
        try
        {
            return (JsonNode.Parse(metadata) as JsonObject)?[ImageMountMark] as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
