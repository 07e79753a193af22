namespace Ocid.Images.Credentials;

/// <summary>A file that may hold credentials.</summary>
/// <param name="Path">An absolute path.</param>
/// <param name="IsLegacy">Whether it is a <c>.dockercfg</c>, whose content is the <c>auths</c> of the others.</param>
public sealed record AuthFileLocation(string Path, bool IsLegacy = false);
