using Ocid.Primitives;

namespace Ocid.Spec.Users;

/// <summary>Finds who a container runs as.</summary>
public static class UserResolver
{
    /// <summary>The user, its primary group, and its supplementary groups.</summary>
    /// <exception cref="OcidException">InvalidArgument: a name that the image lacks, a number outside 32 bits, or a group without a user.</exception>
    public static ResolvedUser Resolve(UserRequest request, PasswdFile passwd, GroupFile groups)
    {
        if (request is { RunAsGroup: not null, RunAsUser: null, RunAsUsername: null or "" })
            throw new OcidException(ErrorKind.InvalidArgument, "run as group: needs a user to run as");

        var (uid, entry, imageGroup) = FindUser(request, passwd);
        var gid = request.RunAsGroup is { } asked ? UserId.Check("run as group", asked)
            : imageGroup is not null ? FindGroup(imageGroup, groups)
            : entry?.Gid ?? 0;
        return new ResolvedUser
        {
            Uid = uid,
            Gid = gid,
            AdditionalGids = Supplementary(request, gid, entry, groups),
            Name = entry?.Name,
            Home = entry?.Home,
        };
    }

    private static (uint Uid, PasswdEntry? Entry, string? Group) FindUser(UserRequest request, PasswdFile passwd)
    {
        if (request.RunAsUser is { } number)
            return ByNumber(UserId.Check("run as user", number), passwd);
        if (request.RunAsUsername is { Length: > 0 } username)
            return ByText(username, passwd);
        if (request.ImageUser is not { Length: > 0 } imageUser)
            return ByNumber(0, passwd);

        var parts = imageUser.Split(':', 2);
        var (uid, entry, _) = parts[0].Length == 0 ? ByNumber(0, passwd) : ByText(parts[0], passwd);
        return (uid, entry, parts is [_, { Length: > 0 } group] ? group : null);
    }

    private static (uint, PasswdEntry?, string?) ByNumber(uint uid, PasswdFile passwd) => (uid, passwd.Find(uid), null);

    private static (uint, PasswdEntry?, string?) ByText(string user, PasswdFile passwd)
    {
        PlainText.Require("user", user);
        if (UserId.IsNumber(user))
            return ByNumber(UserId.Parse("user", user), passwd);

        var entry = passwd.Find(user) ?? throw new OcidException(ErrorKind.InvalidArgument, $"user {Quoted.Text(user)}: not in the image's passwd");
        return (entry.Uid, entry, null);
    }

    private static uint FindGroup(string group, GroupFile groups)
    {
        PlainText.Require("group", group);
        if (UserId.IsNumber(group))
            return UserId.Parse("group", group);
        return groups.Find(group)?.Gid ?? throw new OcidException(ErrorKind.InvalidArgument, $"group {Quoted.Text(group)}: not in the image's group file");
    }

    private static IReadOnlyList<uint> Supplementary(UserRequest request, uint primary, PasswdEntry? entry, GroupFile groups)
    {
        var own = request.Policy == SupplementalGroupsPolicy.Merge && entry is not null ? groups.MembershipsOf(entry.Name) : [];
        var asked = request.SupplementalGroups.Select(gid => UserId.Check("supplemental group", gid));
        return [.. new[] { primary }.Concat(own).Concat(asked).Distinct()];
    }
}
