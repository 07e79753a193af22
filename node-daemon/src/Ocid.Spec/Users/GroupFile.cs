namespace Ocid.Spec.Users;

/// <summary>The groups of an image, from its etc/group. Lines that are none are passed over, as getgrent(3) does.</summary>
public sealed class GroupFile
{
    private GroupFile(IReadOnlyList<GroupEntry> entries) => Entries = entries;

    /// <summary>An image without the file.</summary>
    public static GroupFile Empty { get; } = new([]);

    /// <summary>The groups, in the file's order.</summary>
    public IReadOnlyList<GroupEntry> Entries { get; }

    /// <summary>Reads the file's content.</summary>
    public static GroupFile Parse(string content)
    {
        var entries = new List<GroupEntry>();
        foreach (var line in content.Split('\n'))
        {
            if (line.Split(':') is [{ Length: > 0 } name, _, var gid, var members]
                && PlainText.FirstControl(line) < 0
                && UserId.TryParse(gid, out var group))
            {
                entries.Add(new GroupEntry(name, group, members.Split(',', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return new GroupFile(entries);
    }

    internal GroupEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    internal IEnumerable<uint> MembershipsOf(string user) =>
        Entries.Where(entry => entry.Members.Contains(user, StringComparer.Ordinal)).Select(entry => entry.Gid);
}
