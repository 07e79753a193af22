using System.Text;
using Ocid.Linux;
using Ocid.Spec.Users;

namespace Ocid.Cri.Containers;

/// <summary>Who a container runs as, by the request and the image's own passwd and group files.</summary>
internal static class ImageUsers
{
    private const int LongestFile = 4 << 20;

    public static ResolvedUser Resolve(string rootfs, V1.LinuxContainerSecurityContext security, string imageUser)
    {
        using var root = RootedDirectory.Open(rootfs);
        var request = new UserRequest
        {
            ImageUser = imageUser,
            RunAsUser = security.RunAsUser?.Value,
            RunAsUsername = security.RunAsUsername is { Length: > 0 } name ? name : null,
            RunAsGroup = security.RunAsGroup?.Value,
            SupplementalGroups = security.SupplementalGroups,
            Policy = security.SupplementalGroupsPolicy == V1.SupplementalGroupsPolicy.Strict ? SupplementalGroupsPolicy.Strict : SupplementalGroupsPolicy.Merge,
        };
        return UserResolver.Resolve(request, PasswdFile.Parse(Text(root, "etc/passwd")), GroupFile.Parse(Text(root, "etc/group")));
    }

    private static string Text(RootedDirectory root, string path) => Encoding.UTF8.GetString(root.ReadFile(path, LongestFile) ?? []);
}
