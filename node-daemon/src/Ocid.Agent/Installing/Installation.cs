using System.Reflection;
using System.Text;
using Ocid.Agent.Hosts;
using Ocid.Agent.Journals;
using Ocid.Agent.Services;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Agent.Installing;

/// <summary>
/// The program and its units on the host: <c>/opt/ocid/VERSION/ocid</c>, of which the link <c>/opt/ocid/current</c> says which one is in force. Units and the
/// name on the PATH go through that link, so that another version is one link replaced.
/// </summary>
/// <param name="paths">Where everything is.</param>
/// <param name="services">Whether there are units.</param>
public sealed class Installation(NodePaths paths, IServiceControl services)
{
    private const int VersionsKept = 2;
    private const string ProgramInUnits = "/usr/local/bin/ocid";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly string[] Units = ["ocid.service", "ocid-monitor.service"];
    private static readonly string[] PreinstalledPlaces = ["usr/local/bin/ocid", "usr/local/sbin/ocid", "usr/bin/ocid", "usr/sbin/ocid"];

    /// <summary>The version that the link names; null for none.</summary>
    public string? CurrentVersion => AtomicLink.Target(paths.Local(paths.CurrentVersion));

    /// <summary>The program that runs now, on the host: ours where there is one, else the owner's.</summary>
    /// <exception cref="OcidException">NotFound: there is none.</exception>
    public static string ProgramInForce(NodePaths paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return new[] { Path.Combine(paths.CurrentVersion, "ocid") }.Concat(PreinstalledPlaces.Select(paths.Below)).FirstOrDefault(place => File.Exists(paths.Local(place)))
            ?? throw new OcidException(ErrorKind.NotFound, $"no ocid is installed in {paths.Programs}, nor where a host's own would be");
    }

    /// <summary>The program that a revision wants, on the host.</summary>
    /// <exception cref="OcidException">NotFound: it is not there.</exception>
    public string ProgramOf(RevisionRuntime runtime) => runtime.Install == InstallMode.Managed
        ? Existing([paths.Program(runtime.Version)], $"ocid {runtime.Version} is not on this node, and this agent does not bring it")
        : Existing(PreinstalledPlaces.Select(paths.Below), "the revision says Preinstalled, and no ocid is in /usr/local/bin, /usr/local/sbin, /usr/bin or /usr/sbin");

    /// <summary>Puts a program onto the host; a version that is there stays as it is.</summary>
    public void Bring(Journal journal, string program, string version)
    {
        ArgumentNullException.ThrowIfNull(journal);
        journal.Tree(paths.Programs);
        if (!File.Exists(paths.Local(paths.Program(version))))
            journal.Copy(program, paths.Program(version), Executable);
    }

    /// <summary>Makes a version the one that runs, and the units and the name on the PATH that go with it. A preinstalled one is its owner's.</summary>
    public async Task UseAsync(Journal journal, RevisionRuntime runtime, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(runtime);
        if (runtime.Install == InstallMode.Preinstalled)
            return;

        UseVersion(journal, runtime.Version);
        journal.Link(paths.ProgramLink, Path.Combine(paths.CurrentVersion, "ocid"));
        if (!services.UsesUnits)
            return;

        foreach (var unit in Units)
        {
            journal.File(Path.Combine(paths.Units, unit), Unit(unit), Readable);
            journal.Link(Wanted(unit), $"../{unit}");
        }

        await services.ReadUnitsAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Puts the version before back, or lets nothing start at the next boot where there was none.</summary>
    public async Task UseBeforeAsync(Journal journal, string? version, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(journal);
        if (version is not null)
        {
            UseVersion(journal, version);
            return;
        }

        foreach (var unit in Units)
            journal.Remove(Wanted(unit));
        journal.Remove(paths.ProgramLink);
        journal.Remove(paths.CurrentVersion);
        await services.ReadUnitsAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Deletes the versions that are neither in force nor the latest before.</summary>
    public void Prune(Journal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var current = CurrentVersion;
        var old = Directory.Exists(paths.Programs)
            ? Directory.GetDirectories(paths.Programs).Where(directory => new FileInfo(directory).LinkTarget is null && Path.GetFileName(directory) != current)
                .OrderByDescending(Directory.GetLastWriteTimeUtc).Skip(VersionsKept - 1)
            : [];
        foreach (var directory in old)
        {
            journal.Remove(Path.Combine(directory, "ocid"));
            Directory.Delete(directory, recursive: true);
        }
    }

    private void UseVersion(Journal journal, string version)
    {
        if (CurrentVersion != version)
            journal.Link(paths.CurrentVersion, version);
    }

    private string Wanted(string unit) => Path.Combine(paths.Units, "multi-user.target.wants", unit);

    private byte[] Unit(string name)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var program = Path.Combine(paths.CurrentVersion, "ocid");
        return Encoding.UTF8.GetBytes(text.ReadToEnd().Replace(ProgramInUnits, program, StringComparison.Ordinal));
    }

    private string Existing(IEnumerable<string> places, string otherwise) =>
        places.FirstOrDefault(place => File.Exists(paths.Local(place))) ?? throw new OcidException(ErrorKind.NotFound, otherwise);
}
