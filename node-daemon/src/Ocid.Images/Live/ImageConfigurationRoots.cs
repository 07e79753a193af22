namespace Ocid.Images.Live;

/// <summary>
/// The directories that registries.conf with its drop-ins, policy.json, registries.d, certs.d and auth.json are looked for in. Of each, the first
/// directory that has it is taken: registries.conf and registries.conf.d as one, of registries.d and certs.d each entry for itself.
/// </summary>
/// <param name="Directories">Absolute paths, strongest first.</param>
public sealed record ImageConfigurationRoots(IReadOnlyList<string> Directories)
{
    /// <summary>Our own directory, then the one that all programs of the field read.</summary>
    public static ImageConfigurationRoots Default { get; } = new(["/etc/ocid", "/etc/containers"]);

    /// <summary>Every place where a file or a directory of this name may be, strongest first.</summary>
    internal IEnumerable<string> PlacesOf(string name) => Directories.Select(directory => Path.Combine(directory, name));
}
