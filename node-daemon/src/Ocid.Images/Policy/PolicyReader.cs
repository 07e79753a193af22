using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>Reads a policy.json. What it does not know it refuses: a requirement that is overlooked would be an image that should not run.</summary>
internal static class PolicyReader
{
    private const string Registries = "docker";

    /// <exception cref="OcidException">InvalidArgument: the file, the path in it, and what is wrong there.</exception>
    public static PolicyDocument Read(ReadOnlyMemory<byte> json, string file)
    {
        var root = StrictObject.Parse(json, $"{file}: ");
        var byDefault = Requirements(root, "default");
        var registries = new Dictionary<string, IReadOnlyList<Requirement>>(StringComparer.Ordinal);
        if (root.Has("transports"))
        {
            var transports = root.Object("transports");
            foreach (var transport in transports.Names)
            {
                var scopes = transports.Object(transport);
                foreach (var scope in scopes.Names)
                {
                    var requirements = Requirements(scopes, scope);
                    if (transport == Registries)
                        registries.Add(scope, requirements);
                }
            }
        }

        root.End();
        return new PolicyDocument(byDefault, registries);
    }

    private static List<Requirement> Requirements(StrictObject parent, string name)
    {
        var requirements = parent.Objects(name).Select(Requirement).ToList();
        return requirements.Count > 0 ? requirements : throw StrictObject.Wrong(parent.Path, $"{Quoted.Text(name)} has no requirement; to accept anything say so");
    }

    private static Requirement Requirement(StrictObject json)
    {
        Requirement requirement = json.Text("type") switch
        {
            "insecureAcceptAnything" => new Requirement.AcceptAnything(),
            "reject" => new Requirement.Reject(),
            "signedBy" => SignedBy(json),
            "sigstoreSigned" => SigstoreSigned(json),
            "signedBaseLayer" => throw StrictObject.Wrong(json.Path, "signedBaseLayer is not supported, by no program"),
            var other => throw StrictObject.Wrong(json.Path, $"unknown type {Quoted.Text(other)}"),
        };
        json.End();
        return requirement;
    }

    private static SignedBy SignedBy(StrictObject json)
    {
        if (json.Text("keyType") is var type and not "GPGKeys")
            throw StrictObject.Wrong(json.Path, $"keyType {Quoted.Text(type)} is not supported; there is GPGKeys");
        return new SignedBy(Keys(json, severalData: false), Identity(json));
    }

    private static SigstoreSigned SigstoreSigned(StrictObject json)
    {
        string[] later = ["fulcio", "pki", "rekorPublicKeyPath", "rekorPublicKeyPaths", "rekorPublicKeyData", "rekorPublicKeyDatas"];
        if (later.FirstOrDefault(json.Has) is { } unsupported)
            throw StrictObject.Wrong(json.Path, $"{unsupported} is not supported yet; there are keyPath, keyPaths, keyData and keyDatas");
        return new SigstoreSigned(Keys(json, severalData: true), Identity(json));
    }

    private static KeySource Keys(StrictObject json, bool severalData)
    {
        string[] sources = severalData ? ["keyPath", "keyPaths", "keyData", "keyDatas"] : ["keyPath", "keyPaths", "keyData"];
        var given = sources.Where(json.Has).ToList();
        if (given.Count != 1)
            throw StrictObject.Wrong(json.Path, $"want exactly one of {string.Join(", ", sources)}, not {(given.Count == 0 ? "none" : string.Join(" and ", given))}");

        var name = given[0];
        IReadOnlyList<string> values = name.EndsWith('s') ? json.Texts(name) : [json.Text(name)];
        if (values.Count == 0 || values.Contains(""))
            throw StrictObject.Wrong(json.Path, $"{name} is empty");
        return name.StartsWith("keyPath", StringComparison.Ordinal) ? new KeySource(values, []) : new KeySource([], [.. values.Select(value => FromBase64(json, name, value))]);
    }

    private static byte[] FromBase64(StrictObject json, string name, string value)
    {
        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"{json.Path}: {name} is no base64", malformed);
        }
    }

    private static SignedIdentity Identity(StrictObject json) =>
        json.Has("signedIdentity") ? IdentityOf(json.Object("signedIdentity")) : new SignedIdentity.MatchRepoDigestOrExact();

    private static SignedIdentity IdentityOf(StrictObject json)
    {
        var type = json.Text("type");
        SignedIdentity identity = type switch
        {
            "matchExact" => new SignedIdentity.MatchExact(),
            "matchRepoDigestOrExact" => new SignedIdentity.MatchRepoDigestOrExact(),
            "matchRepository" => new SignedIdentity.MatchRepository(),
            "exactReference" => new SignedIdentity.ExactReference(Reference(json, "dockerReference", exact: true)),
            "exactRepository" => new SignedIdentity.ExactRepository(Reference(json, "dockerRepository", exact: false)),
            "remapIdentity" => new SignedIdentity.RemapIdentity(Prefix(json, "prefix"), Prefix(json, "signedPrefix")),
            _ => throw StrictObject.Wrong(json.Path, $"unknown type {Quoted.Text(type)}"),
        };
        json.End();
        return identity;
    }

    private static ImageReference Reference(StrictObject json, string name, bool exact)
    {
        if (!ImageReference.TryParse(json.Text(name), out var reference))
            throw StrictObject.Wrong(json.Path, $"{name} is no image reference");
        return exact && reference.Tag is null && reference.Digest is null
            ? throw StrictObject.Wrong(json.Path, $"{name} has neither a tag nor a digest")
            : reference;
    }

    // A host, with or without the beginning of a repository's path.
    private static string Prefix(StrictObject json, string name)
    {
        var text = json.Text(name);
        var isHost = ImageReference.TryParse(text + "/x/x", out var below) && below.Name == text + "/x/x";
        return isHost ? text : throw StrictObject.Wrong(json.Path, $"{name} {Quoted.Text(text)} is neither a host nor the beginning of a repository's full name");
    }
}
