using System.Text;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Runtime.Oci;

// From what a program printed to what it can do.
internal static class RuntimeProbe
{
    /// <param name="version">Output of --version.</param>
    /// <param name="features">Output of the verb "features"; null where the program has no such verb.</param>
    public static RuntimeFeatures Read(string version, byte[]? features)
    {
        var firstLine = version.Split('\n', 2)[0].Trim();
        if (features is null)
            return FromBuildTags(firstLine, version);

        FeaturesDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(features, RuntimeSerializerContext.Default.FeaturesDocument);
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"features of {Quoted.Text(firstLine)}: {Quoted.Text(Encoding.UTF8.GetString(features))}", malformed);
        }

        return new RuntimeFeatures
        {
            Version = firstLine,
            RecursiveReadOnlyMounts = document?.MountOptions?.Contains("rro") == true,
            UserNamespaces = document?.Linux?.Namespaces?.Contains("user") == true,
            IdMappedMounts = document?.Linux?.MountExtensions?.Idmap?.Enabled == true,
            Seccomp = document?.Linux?.Seccomp?.Enabled == true,
            AppArmor = document?.Linux?.Apparmor?.Enabled == true,
            Selinux = document?.Linux?.Selinux?.Enabled == true,
            SystemdCgroup = document?.Linux?.Cgroup?.Systemd == true,
        };
    }

    // crun before 1.8.2 has no such verb, and lists what it was built with in its version.
    private static RuntimeFeatures FromBuildTags(string firstLine, string version) => new()
    {
        Version = firstLine,
        UserNamespaces = firstLine.StartsWith("crun ", StringComparison.Ordinal), // never a build option
        Seccomp = version.Contains("+SECCOMP", StringComparison.Ordinal),
        AppArmor = version.Contains("+APPARMOR", StringComparison.Ordinal),
        Selinux = version.Contains("+SELINUX", StringComparison.Ordinal),
        SystemdCgroup = version.Contains("+SYSTEMD", StringComparison.Ordinal),
    };
}
