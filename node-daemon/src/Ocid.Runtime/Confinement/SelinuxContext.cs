using Ocid.Primitives;

namespace Ocid.Runtime.Confinement;

/// <summary>An SELinux label: <c>user:role:type:level</c>.</summary>
/// <param name="User">SELinux's user.</param>
/// <param name="Role">Its role.</param>
/// <param name="Type">The type, of a process its domain.</param>
/// <param name="Level">Sensitivity and categories, as in <c>s0:c1,c2</c>; empty in a policy without levels.</param>
public sealed record SelinuxContext(string User, string Role, string Type, string Level)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="OcidException">InvalidArgument: not a label.</exception>
    public static SelinuxContext Parse(string text)
    {
        var parts = text.Split(':', 4);
        return parts.Length >= 3 && parts.All(part => part.Length > 0 && !part.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            ? new SelinuxContext(parts[0], parts[1], parts[2], parts.Length > 3 ? parts[3] : "")
            : throw new OcidException(ErrorKind.InvalidArgument, $"SELinux label {Quoted.Text(text)}: want user:role:type:level");
    }

    /// <summary>This one with parts of another; an empty part says nothing.</summary>
    public SelinuxContext With(string user, string role, string type, string level) => new(
        user.Length > 0 ? user : User, role.Length > 0 ? role : Role, type.Length > 0 ? type : Type, level.Length > 0 ? level : Level);

    /// <inheritdoc/>
    public override string ToString() => Level.Length == 0 ? $"{User}:{Role}:{Type}" : $"{User}:{Role}:{Type}:{Level}";
}
