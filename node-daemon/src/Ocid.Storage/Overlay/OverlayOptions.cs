using Ocid.Linux.Mounting;

namespace Ocid.Storage.Overlay;

/// <summary>The options of storage.conf's <c>mountopt</c>, those of the mount apart from those of overlay.</summary>
internal sealed record OverlayOptions(MountOptions Flags, IReadOnlyList<string> Parameters)
{
    public static OverlayOptions Parse(IReadOnlyList<string> options)
    {
        var (flags, parameters) = (MountOptions.None, new List<string>());
        foreach (var option in options.SelectMany(option => option.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (Flag(option) is { } flag)
                flags |= flag;
            else
                parameters.Add(option);
        }

        return new OverlayOptions(flags, parameters);
    }

    private static MountOptions? Flag(string option) => option switch
    {
        "nodev" => MountOptions.NoDev,
        "nosuid" => MountOptions.NoSuid,
        "noexec" => MountOptions.NoExec,
        "noatime" => MountOptions.NoAtime,
        "nodiratime" => MountOptions.NoDirAtime,
        "relatime" => MountOptions.RelAtime,
        "rw" or "defaults" => MountOptions.None,
        _ => null,
    };
}
