using Ocid.Toml;

namespace Ocid.Images.Registries;

/// <summary>Version 1 of registries.conf: three lists of hosts. It is still read by the field's programs, so also here.</summary>
internal static class LegacyRegistriesFile
{
    private static readonly string[] Lists = ["search", "insecure", "block"];

    public static bool IsIn(TomlTable document) =>
        document["registries"] is TomlTable registries && Lists.Any(list => (registries[list] as TomlTable)?["registries"] is not null);

    /// <exception cref="TomlException">A value is not what it should be.</exception>
    public static RegistriesFile Read(string path, TomlTable document)
    {
        var registries = document.Table("registries")!;
        var insecure = Hosts(registries, "insecure");
        var blocked = Hosts(registries, "block");
        return new RegistriesFile
        {
            Path = path,
            Registries =
            [
                .. blocked.Concat(insecure).Distinct().Select(host => new RegistryEntry
                {
                    Prefix = host,
                    Location = host,
                    Insecure = insecure.Contains(host),
                    Blocked = blocked.Contains(host),
                    Origin = $"{path}:{registries.Position.Line}",
                }),
            ],
            SearchRegistries = registries.Table("search")?.Strings("registries")?.Select(host => RegistriesFileReader.SearchRegistry(host, registries.Table("search")!)).ToList(),
        };
    }

    private static List<string> Hosts(TomlTable registries, string list) =>
        registries.Table(list) is { } table ? [.. (table.Strings("registries") ?? []).Select(host => RegistriesFileReader.WithoutScheme(host, table))] : [];
}
