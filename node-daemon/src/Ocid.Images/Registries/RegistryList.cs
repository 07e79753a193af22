using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>What registries.conf and its drop-ins say together.</summary>
internal sealed class RegistryList
{
    /// <summary>In a list of credential helpers: the auth.json files.</summary>
    public const string AuthFiles = "containers-auth.json";

    private readonly Dictionary<string, RegistryEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShortNameAlias> _aliases = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _insecureHosts;

    /// <param name="files">The main file and its drop-ins, weakest first.</param>
    /// <param name="insecureHosts">Hosts that are insecure whatever the files say.</param>
    /// <param name="warnings">What is odd in the files, but no error.</param>
    public RegistryList(IReadOnlyList<RegistriesFile> files, IReadOnlyList<string> insecureHosts, IReadOnlyList<string> warnings)
    {
        (_insecureHosts, Warnings, SearchOrigin) = (insecureHosts, warnings, files[0].Path);
        foreach (var file in files)
        {
            foreach (var entry in file.Registries)
                _entries[entry.Prefix] = entry;
            foreach (var (name, alias) in file.Aliases)
                _aliases[name] = alias;
            if (file.SearchRegistries is { } search)
                (SearchRegistries, SearchOrigin) = (search, file.Path);
            CredentialHelpers = file.CredentialHelpers ?? CredentialHelpers;
            ShortNames = file.ShortNames ?? ShortNames;
        }

        if (CredentialHelpers.Count == 0)
            CredentialHelpers = [AuthFiles];
    }

    /// <summary>Hosts to look for short names at, in this order.</summary>
    public IReadOnlyList<string> SearchRegistries { get; } = [];

    /// <summary>The file that says <see cref="SearchRegistries"/>, or could.</summary>
    public string SearchOrigin { get; }

    public ShortNameMode ShortNames { get; } = ShortNameMode.Permissive;

    /// <summary>Programs to ask for credentials, and <see cref="AuthFiles"/>, in this order.</summary>
    public IReadOnlyList<string> CredentialHelpers { get; } = [];

    public IReadOnlyList<string> Warnings { get; }

    /// <summary>What the files say that a short name stands for; null where they say nothing.</summary>
    public ShortNameAlias? AliasOf(string repository) => _aliases.GetValueOrDefault(repository);

    /// <summary>Where to ask for an image, in this order: mirrors first, its own location last.</summary>
    /// <exception cref="OcidException">PermissionDenied: its registry is blocked, and no mirror serves it.</exception>
    public IReadOnlyList<PullEndpoint> EndpointsOf(ImageReference reference)
    {
        if (Find(reference) is not { } entry)
            return [Endpoint(reference, insecure: false, isMirror: false)];

        var endpoints = entry.Mirrors.Where(mirror => mirror.Serves(reference.Digest is not null))
            .Select(mirror => Endpoint(entry.Rewrite(reference, mirror.Location), mirror.Insecure, isMirror: true))
            .Where(endpoint => Find(endpoint.Reference) is not { Blocked: true }).ToList();
        // A registry that is blocked may still be served by its mirrors: so it is kept that a cluster never contacts the source.
        var origin = entry.Rewrite(reference, entry.Location);
        var blocked = entry.Blocked ? entry : Find(origin) is { Blocked: true } other ? other : null;
        if (blocked is null)
            endpoints.Add(Endpoint(origin, entry.Insecure, isMirror: false));
        return endpoints.Count > 0 ? endpoints : throw IsBlocked(reference, blocked!);
    }

    /// <summary>Where an image itself is, mirrors aside.</summary>
    /// <exception cref="OcidException">PermissionDenied: its registry is blocked.</exception>
    public PullEndpoint OriginOf(ImageReference reference) => EndpointsOf(reference)[^1] is { IsMirror: false } origin
        ? origin
        : throw new OcidException(ErrorKind.PermissionDenied, $"image {reference}: its registry is blocked, and a mirror is not it");

    /// <summary>Where to write an image: at its own name, neither rewritten nor to a mirror.</summary>
    /// <exception cref="OcidException">PermissionDenied: the registry is blocked.</exception>
    public PullEndpoint TargetOf(ImageReference reference) => Find(reference) is { Blocked: true } entry
        ? throw IsBlocked(reference, entry)
        : Endpoint(reference, Find(reference) is { Insecure: true }, isMirror: false);

    private RegistryEntry? Find(ImageReference reference) =>
        _entries.Values.Where(entry => entry.Match(reference) is not null).MaxBy(entry => entry.Prefix.Length);

    private PullEndpoint Endpoint(ImageReference reference, bool insecure, bool isMirror) =>
        new(reference, insecure || _insecureHosts.Contains(reference.Domain, StringComparer.Ordinal), isMirror);

    private static OcidException IsBlocked(ImageReference reference, RegistryEntry entry) =>
        new(ErrorKind.PermissionDenied, $"image {reference}: registry {entry.Prefix} is blocked at {entry.Origin}");
}
