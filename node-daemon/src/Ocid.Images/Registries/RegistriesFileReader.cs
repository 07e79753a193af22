using Ocid.Primitives;
using Ocid.Toml;

namespace Ocid.Images.Registries;

/// <summary>Reads one registries.conf, a drop-in, or a short-name-aliases.conf.</summary>
/// <param name="path">Its path, for messages.</param>
/// <param name="warn">Told of each key that nobody knows: they are no errors, so that newer files serve older programs.</param>
/// <remarks>https://github.com/containers/container-libs/blob/main/image/docs/containers-registries.conf.5.md</remarks>
internal sealed class RegistriesFileReader(string path, Action<string> warn)
{
    private static readonly string[] RegistryKeys = ["prefix", "location", "insecure", "blocked", "mirror", "mirror-by-digest-only", "pull-from-mirror"];
    private static readonly string[] MirrorKeys = ["location", "insecure", "pull-from-mirror"];

    private static readonly string[] TopKeys =
        ["registry", "unqualified-search-registries", "short-name-mode", "credential-helpers", "aliases", "additional-layer-store-auth-helper"];

    /// <param name="content">The file.</param>
    /// <param name="isDropIn">Drop-ins are of version 2 always.</param>
    /// <exception cref="OcidException">FailedPrecondition: file, line, column and reason.</exception>
    public RegistriesFile Read(ReadOnlySpan<byte> content, bool isDropIn)
    {
        try
        {
            var document = TomlParser.Parse(content);
            return LegacyRegistriesFile.IsIn(document) ? ReadLegacy(document, isDropIn) : Read(document);
        }
        catch (TomlException wrong)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"{path}:{wrong.Message}", wrong);
        }
    }

    private RegistriesFile ReadLegacy(TomlTable document, bool isDropIn)
    {
        var legacy = document["registries"]!;
        if (isDropIn)
            throw new TomlException(legacy.Position, "[registries.search], [registries.insecure] and [registries.block] are version 1, which drop-ins cannot have: write unqualified-search-registries and [[registry]]");
        if (document.Entries.FirstOrDefault(entry => TopKeys.Contains(entry.Key)) is { } mixed)
            throw new TomlException(mixed.KeyPosition, $"{mixed.Key} is version 2, but [registries] at {legacy.Position} is version 1: write unqualified-search-registries and [[registry]] instead");
        return LegacyRegistriesFile.Read(path, document);
    }

    private RegistriesFile Read(TomlTable document)
    {
        WarnOfUnknown(document, TopKeys, "");
        return new RegistriesFile
        {
            Path = path,
            Registries = ReadRegistries(document),
            SearchRegistries = document.Strings("unqualified-search-registries")?.Select(host => SearchRegistry(host, document["unqualified-search-registries"]!)).ToList(),
            ShortNames = ReadMode(document),
            CredentialHelpers = document.Strings("credential-helpers"),
            Aliases = ReadAliases(document),
        };
    }

    private List<RegistryEntry> ReadRegistries(TomlTable document)
    {
        var entries = new List<RegistryEntry>();
        foreach (var table in document.Tables("registry") ?? [])
        {
            var entry = ReadRegistry(table);
            if (entries.Find(e => (e.Location ?? e.Prefix) == (entry.Location ?? entry.Prefix) && (e.Insecure, e.Blocked) != (entry.Insecure, entry.Blocked)) is { } other)
                throw new TomlException(table.Position, $"registry {Quoted.Text(entry.Location ?? entry.Prefix)} is insecure or blocked here, but not at {other.Origin}, or the other way round");
            if (entries.TrueForAll(e => e.Prefix != entry.Prefix)) // the first of the same prefix is the one
                entries.Add(entry);
        }

        return entries;
    }

    private RegistryEntry ReadRegistry(TomlTable table)
    {
        WarnOfUnknown(table, RegistryKeys, "registry.");
        if (table["pull-from-mirror"] is { } misplaced)
            throw new TomlException(misplaced.Position, "pull-from-mirror belongs to a [[registry.mirror]], not to the registry itself");

        var location = Location(table, "location");
        var prefix = Location(table, "prefix") ?? location ?? throw new TomlException(table.Position, "registry: neither prefix nor location is set");
        var isWildcard = prefix.StartsWith("*.", StringComparison.Ordinal);
        if (isWildcard && prefix.AsSpan().ContainsAny("/@:"))
            throw new TomlException(table["prefix"]?.Position ?? table.Position, $"prefix {Quoted.Text(prefix)}: a wildcard stands only as in *.example.com, without port and path");
        if (location is null && !isWildcard)
            throw new TomlException(table.Position, $"registry {Quoted.Text(prefix)}: location is not set; only a prefix such as *.example.com goes without");

        var byDigestOnly = table.Boolean("mirror-by-digest-only") ?? false;
        return new RegistryEntry
        {
            Prefix = prefix,
            Location = location,
            Insecure = table.Boolean("insecure") ?? false,
            Blocked = table.Boolean("blocked") ?? false,
            Mirrors = [.. (table.Tables("mirror") ?? []).Select(mirror => ReadMirror(mirror, byDigestOnly))],
            Origin = $"{path}:{table.Position.Line}",
        };
    }

    private Mirror ReadMirror(TomlTable table, bool byDigestOnly)
    {
        WarnOfUnknown(table, MirrorKeys, "registry.mirror.");
        var location = Location(table, "location") ?? throw new TomlException(table.Position, "mirror: location is not set");
        var use = table.String("pull-from-mirror") switch
        {
            null or "" => byDigestOnly ? MirrorUse.DigestOnly : MirrorUse.All,
            _ when byDigestOnly => throw new TomlException(table["pull-from-mirror"]!.Position, "pull-from-mirror and the registry's mirror-by-digest-only exclude one another"),
            "all" => MirrorUse.All,
            "digest-only" => MirrorUse.DigestOnly,
            "tag-only" => MirrorUse.TagOnly,
            var other => throw new TomlException(table["pull-from-mirror"]!.Position, $"pull-from-mirror: want all, digest-only or tag-only, found {Quoted.Text(other)}"),
        };
        return new Mirror(location, table.Boolean("insecure") ?? false, use);
    }

    private static ShortNameMode? ReadMode(TomlTable document) => document.String("short-name-mode") switch
    {
        null or "" => null,
        "permissive" => ShortNameMode.Permissive,
        "enforcing" => ShortNameMode.Enforcing,
        "disabled" => ShortNameMode.Disabled,
        var other => throw new TomlException(document["short-name-mode"]!.Position, $"short-name-mode: want permissive, enforcing or disabled, found {Quoted.Text(other)}"),
    };

    private Dictionary<string, ShortNameAlias> ReadAliases(TomlTable document)
    {
        var aliases = new Dictionary<string, ShortNameAlias>(StringComparer.Ordinal);
        foreach (var (name, value, position) in document.Table("aliases")?.Entries ?? [])
        {
            if (!ShortName.TryParse(name, out var shortName) || shortName.Rest.Length > 0 || !ImageReference.TryParse(name, out _))
                throw new TomlException(position, $"aliases: {Quoted.Text(name)} is no short name: want a repository without registry, tag and digest");
            if (value is not TomlString { Value: var target })
                throw new TomlException(value.Position, $"aliases: {Quoted.Text(name)}: want a string, found {value.Kind}");
            aliases[name] = new ShortNameAlias(target.Length == 0 ? null : AliasTarget(target, value), $"{path}:{position.Line}");
        }

        return aliases;
    }

    private static ImageReference AliasTarget(string target, TomlValue value) =>
        !ShortName.TryParse(target, out _) && ImageReference.TryParse(target, out var reference) && reference is { Tag: null, Digest: null }
            ? reference
            : throw new TomlException(value.Position, $"aliases: {Quoted.Text(target)}: want a registry and a repository, without tag and digest");

    private static string? Location(TomlTable table, string key) =>
        table.String(key) is { Length: > 0 } text ? WithoutScheme(text, table[key]!) : null;

    /// <summary>A location without the slash at its end.</summary>
    internal static string WithoutScheme(string text, TomlValue where) =>
        text.StartsWith("http://", StringComparison.Ordinal) || text.StartsWith("https://", StringComparison.Ordinal)
            ? throw new TomlException(where.Position, $"{Quoted.Text(text)}: want a host or a host and a path, without http:// or https://")
            : text.TrimEnd('/');

    internal static string SearchRegistry(string text, TomlValue where)
    {
        var host = WithoutScheme(text, where);
        return ImageReference.TryParse($"{host}/x", out var probe) && !ShortName.TryParse($"{host}/x", out _) && (probe.Domain == host || host == "index.docker.io")
            ? host
            : throw new TomlException(where.Position, $"unqualified-search-registries: {Quoted.Text(text)} is no host or host:port");
    }

    private void WarnOfUnknown(TomlTable table, string[] known, string prefix)
    {
        foreach (var entry in table.Entries.Where(entry => !known.Contains(entry.Key)))
            warn($"{path}:{entry.KeyPosition}: unknown key {prefix}{TomlWriter.Key(entry.Key)} has no effect");
    }
}
