namespace Ocid.Images.Registries;

/// <summary>What happens with a name without a registry for which several come into question.</summary>
internal enum ShortNameMode
{
    /// <summary>All are tried in order, for there is nobody to ask.</summary>
    Permissive,

    /// <summary>An error, for there is nobody to ask.</summary>
    Enforcing,

    /// <summary>All are tried in order.</summary>
    Disabled,
}
