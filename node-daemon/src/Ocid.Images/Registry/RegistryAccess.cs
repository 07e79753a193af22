namespace Ocid.Images.Registry;

/// <summary>What a token is asked for: no more than the work needs, for a registry refuses the whole where one part is not granted.</summary>
internal enum RegistryAccess
{
    Pull,
    PullAndPush,

    /// <summary>Deletion too. Token servers differ in its name, so everything is asked for, as the peers do.</summary>
    Everything,

    /// <summary>Of no repository: whether the credentials are right.</summary>
    Nothing,
}
