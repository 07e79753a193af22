using System.Reflection;

namespace Ocid.Cri;

/// <summary>What this build is called.</summary>
internal static class BuildInfo
{
    public const string RuntimeName = "ocid";

    /// <summary>The semantic version, without the build metadata.</summary>
    public static readonly string Version =
        typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
