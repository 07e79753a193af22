namespace Ocid.Cluster.Entities;

/// <summary>What the API server checks of a registry's address, in CEL.</summary>
internal static class Address
{
    public const string NoScheme = "!self.contains('://')";
    public const string WantNoScheme = "want a host or a host and a path, without http:// or https://";
    public const string WantPlace = "want a host or a host and a path";
    public const string Place = $"self.contains('://') || self.matches('^{Name}$')";
    public const string Prefix = $"self.contains('://') || self.matches('^([*][.])?{Name}$')";

    private const string Name = "[a-zA-Z0-9][a-zA-Z0-9.:-]*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*";
}
