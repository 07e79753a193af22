namespace Ocid.Linux.Mounting;

/// <summary>One line of <c>/proc/self/mountinfo</c>, escapes undone.</summary>
/// <param name="Id">The mount's id.</param>
/// <param name="ParentId">The id of the mount it is on.</param>
/// <param name="Device"><c>major:minor</c> of its file system.</param>
/// <param name="Root">The path inside the file system that is its root.</param>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Options">The options of the mount, comma separated.</param>
/// <param name="OptionalFields">Propagation: <c>shared:N</c>, <c>master:N</c>, …</param>
/// <param name="FileSystemType">The type of its file system.</param>
/// <param name="Source">The mount source.</param>
/// <param name="SuperOptions">The options of its file system, comma separated.</param>
public sealed record MountInfo(
    int Id,
    int ParentId,
    string Device,
    string Root,
    string MountPoint,
    string Options,
    IReadOnlyList<string> OptionalFields,
    string FileSystemType,
    string Source,
    string SuperOptions);
