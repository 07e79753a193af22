using Ocid.Images.Live;

namespace Ocid.Images.Registries;

/// <summary>Finds registries.conf with its drop-ins, and the aliases that programs recorded.</summary>
internal static class RegistriesConf
{
    private const string Name = "registries.conf";

    // Where there is no file at all, a node pulls what its users expect.
    private static readonly RegistriesFile NoFile = new() { Path = "no " + Name, SearchRegistries = ["docker.io"] };

    /// <summary>Both from the first directory that has one of the two: another program's drop-ins are no part of our file.</summary>
    public static RegistryList Read(LiveReading files, ImageRegistriesOptions options)
    {
        var warnings = new List<string>();
        var path = options.Roots.PlacesOf(Name).FirstOrDefault(place => files.Exists(place) | files.Exists(place + ".d"));
        var main = path is not null && files.Read(path) is { } content ? new RegistriesFileReader(path, warnings.Add).Read(content, isDropIn: false) : NoFile;
        var dropIns = path is null ? [] : files.List(path + ".d", ".conf")
            .Select(file => (file, content: files.Read(file))).Where(read => read.content is not null) // gone since it was listed
            .Select(read => new RegistriesFileReader(read.file, warnings.Add).Read(read.content, isDropIn: true));
        return new RegistryList([main, .. dropIns], options.InsecureRegistries, warnings);
    }

    /// <summary>The aliases that podman recorded after asking a person: they win over those of the configuration.</summary>
    public static IReadOnlyDictionary<string, ShortNameAlias> ReadRecordedAliases(LiveReading files, string path) =>
        files.Read(path) is { } content ? new RegistriesFileReader(path, static _ => { }).Read(content, isDropIn: true).Aliases : new Dictionary<string, ShortNameAlias>();
}
