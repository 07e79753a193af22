using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Spec;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Cgroups;

/// <summary>
/// The cgroup of a pod, made and removed by hand (the cgroupfs driver). Under the kubelet it exists already; what is made
/// here is also removed here.
/// </summary>
/// <param name="hierarchies">Where the hierarchies are mounted.</param>
/// <param name="path">Which cgroup.</param>
public sealed class PodCgroup(CgroupHierarchies hierarchies, CgroupPath path)
{
    private const int Kill = 9;
    private const int RemovalAttempts = 100;
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Makes it in every hierarchy; it may be there.</summary>
    public void Create()
    {
        if (hierarchies.Mode == CgroupMode.Unified)
        {
            UnifiedTree.Create(hierarchies.UnifiedMount!, path);
            return;
        }

        foreach (var (controller, mount) in hierarchies.Legacy)
        {
            var directory = mount.Locate(path.Value);
            Directory.CreateDirectory(directory);
            if (controller == "cpuset")
                LegacyCpuset.Inherit(mount.Directory, directory);
        }
    }

    /// <summary>Sets limits; what is null stays as it is.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the kernel refused one.</exception>
    public void Limit(LinuxResources resources)
    {
        var writes = hierarchies.Mode == CgroupMode.Unified
            ? UnifiedLimits.Of(resources).Select(write => (Path.Combine(hierarchies.UnifiedMount!.Locate(path.Value), write.File), write.Value))
            : LegacyLimits.Of(resources).Select(write => (LegacyFile(write.File), write.Value));
        foreach (var (file, value) in writes)
            Write(file, value);
    }

    /// <summary>Kills what is left in it and in the cgroups below, and removes them. Nothing there is no error.</summary>
    /// <exception cref="OcidException">FailedPrecondition: a process in it does not die.</exception>
    public async Task RemoveAsync(CancellationToken ct)
    {
        var directories = Directories().Where(Directory.Exists).ToList();
        // Neither rmdir nor v1 tells when the last dead process has left its cgroup: it takes a moment, mostly none.
        for (var attempt = 0; directories.Count > 0; attempt++)
        {
            foreach (var directory in directories)
                KillAll(directory);
            directories.RemoveAll(CgroupTree.TryRemove);
            if (directories.Count == 0)
                return;
            if (attempt == RemovalAttempts)
                throw new OcidException(ErrorKind.FailedPrecondition, $"remove cgroup {directories[0]}: still in use");
            await Task.Delay(RemovalPause, ct);
        }
    }

    private IEnumerable<string> Directories() => hierarchies.Mode == CgroupMode.Unified
        ? [hierarchies.UnifiedMount!.Locate(path.Value)]
        : hierarchies.Legacy.Values.Append(hierarchies.UnifiedMount).OfType<CgroupMount>().Select(mount => mount.Locate(path.Value)).Distinct(StringComparer.Ordinal);

    private static void KillAll(string directory)
    {
        foreach (var pid in CgroupTree.Processes(directory))
        {
            try
            {
                using var process = PidFd.Open(pid);
                // The pid may have been given to another process since it was read; what is still listed is ours.
                if (CgroupTree.Processes(directory).Contains(pid))
                    process.TrySignal(Kill);
            }
            catch (LinuxException gone) when (gone.Kind == ErrorKind.NotFound)
            {
                // it ended by itself
            }
        }
    }

    private string LegacyFile(string file)
    {
        var controller = file.Split('.', 2)[0];
        return hierarchies.Legacy.TryGetValue(controller, out var mount)
            ? Path.Combine(mount.Locate(path.Value), file)
            : throw new OcidException(ErrorKind.FailedPrecondition, $"limit {file}: this host has no {controller} controller");
    }

    private static void Write(string file, string value)
    {
        try
        {
            File.WriteAllText(file, value);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"write {value} to {file}: {refused.Message}", refused);
        }
    }
}
