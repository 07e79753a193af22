using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Primitives;
using Ocid.Toml;

namespace Ocid.Operator.Tests.Merging;

/// <summary>RuntimeConfigs to merge.</summary>
internal static class A
{
    public const string Key = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEabc=\n-----END PUBLIC KEY-----\n";

    public static SigningRequirement Accept { get; } = new SigningRequirement.Accept();

    public static SigningRequirement Reject { get; } = new SigningRequirement.Reject();

    public static Layer Layer(string name, int priority = 0, params (string Field, string Value)[] values) => new()
    {
        Name = name,
        Generation = 1,
        Priority = priority,
        Values = values.ToDictionary(value => value.Field, value => (TomlValue)new TomlString(value.Value)),
    };

    public static Layer With(this Layer layer, params RegistryRule[] registries) => layer with { Registries = registries };

    public static Layer Signing(this Layer layer, SigningRequirement? byDefault, bool enforced, params SigningPolicy[] policies) =>
        layer with { Signing = new SigningLayer(byDefault, enforced, policies) };

    public static SigningRequirement SignedWith(string key) => new SigningRequirement.Signed(TrustType.PublicKey, new SigningKey(key, null), new SignedIdentity());

    public static SigningPolicy Policy(string scope, SigningRequirement requirement, params string[] namespaces) => new("policy", [scope], requirement, namespaces);

    public static ProtectedImage Agent(string image) => new("agent", ImageReference.Parse(image), "ocid-system");
}
