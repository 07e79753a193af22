namespace Ocid.Spec.Users;

/// <summary>The users of an image, from its etc/passwd. Lines that are none are passed over, as getpwent(3) does.</summary>
public sealed class PasswdFile
{
    private PasswdFile(IReadOnlyList<PasswdEntry> entries) => Entries = entries;

    /// <summary>An image without the file.</summary>
    public static PasswdFile Empty { get; } = new([]);

    /// <summary>The users, in the file's order.</summary>
    public IReadOnlyList<PasswdEntry> Entries { get; }

    /// <summary>Reads the file's content.</summary>
    public static PasswdFile Parse(string content)
    {
        var entries = new List<PasswdEntry>();
        foreach (var line in content.Split('\n'))
        {
            if (line.Split(':') is [{ Length: > 0 } name, _, var uid, var gid, _, var home, _]
                && PlainText.FirstControl(line) < 0
                && UserId.TryParse(uid, out var user)
                && UserId.TryParse(gid, out var group))
            {
                entries.Add(new PasswdEntry(name, user, group, home));
            }
        }

        return new PasswdFile(entries);
    }

    internal PasswdEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    internal PasswdEntry? Find(uint uid) => Entries.FirstOrDefault(entry => entry.Uid == uid);
}
