using Microsoft.Extensions.Logging;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Confinement;

namespace Ocid.Cri.Confinement;

/// <summary>
/// The AppArmor profile that a request asks for. One that names none gets the default, as Kubernetes defines it, where the host can load it; a host without AppArmor
/// refuses a profile of a name, and has no default.
/// </summary>
/// <param name="enabled">Whether this host's kernel has AppArmor.</param>
/// <param name="policy">Its profiles.</param>
/// <param name="logger">Where is said, once, that the default cannot be loaded.</param>
internal sealed partial class AppArmorProfiles(bool enabled, AppArmorPolicy policy, ILogger<AppArmorProfiles> logger)
{
    private const string LocalhostPrefix = "localhost/";
    private readonly Gate _loading = new();
    private bool _current;
    private bool _said;

    /// <summary>A profile that the kernel has; null for none.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the host lacks AppArmor, or the profile.</exception>
    public async Task<string?> ForAsync(V1.LinuxContainerSecurityContext security, CancellationToken ct)
    {
        var asked = Asked(security);
        switch (asked?.ProfileType)
        {
            case V1.SecurityProfile.Types.ProfileType.Unconfined:
                return null;
            case V1.SecurityProfile.Types.ProfileType.Localhost:
                return Loaded(asked.LocalhostRef);
            default:
                if (security.Privileged || !enabled)
                    return null;
                if (asked is null && policy.Parser is null)
                {
                    SayUnconfined();
                    return null;
                }

                await LoadDefaultAsync(ct).ConfigureAwait(false);
                return AppArmorPolicy.DefaultProfile;
        }
    }

    // Kubelets before 1.30 write the annotation's value into the deprecated field.
    private static V1.SecurityProfile? Asked(V1.LinuxContainerSecurityContext security)
    {
        if (security.Apparmor is { } asked)
            return asked;
#pragma warning disable CS0612 // see above
        return security.ApparmorProfile switch
#pragma warning restore CS0612
        {
            "" => null,
            "runtime/default" => new V1.SecurityProfile { ProfileType = V1.SecurityProfile.Types.ProfileType.RuntimeDefault },
            "unconfined" => new V1.SecurityProfile { ProfileType = V1.SecurityProfile.Types.ProfileType.Unconfined },
            var name => new V1.SecurityProfile { ProfileType = V1.SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = name },
        };
    }

    private string Loaded(string reference)
    {
        var name = reference.StartsWith(LocalhostPrefix, StringComparison.Ordinal) ? reference[LocalhostPrefix.Length..] : reference;
        if (!enabled)
            throw new OcidException(ErrorKind.FailedPrecondition, $"container: AppArmor profile {Quoted.Text(name)}: this host has no AppArmor");
        return name.Length > 0 && policy.IsLoaded(name)
            ? name
            : throw new OcidException(ErrorKind.FailedPrecondition, $"container: AppArmor profile {Quoted.Text(name)}: not loaded on this node; apparmor_parser --replace FILE loads one");
    }

    // Once by each start of the daemon, whose text may be another one, and again where somebody has taken it away.
    private async Task LoadDefaultAsync(CancellationToken ct)
    {
        using var gate = await _loading.EnterAsync(ct).ConfigureAwait(false);
        if (_current && policy.IsLoaded(AppArmorPolicy.DefaultProfile))
            return;
        await policy.LoadDefaultAsync(ct).ConfigureAwait(false);
        _current = true;
    }

    private void SayUnconfined()
    {
        if (_said)
            return;
        _said = true;
        LogUnconfined(AppArmorPolicy.DefaultProfile);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "this host's kernel has AppArmor, but apparmor_parser is not installed, which loads the profile {Profile}: containers that name no profile run without one; install the package apparmor")]
    private partial void LogUnconfined(string profile);
}
