using System.Security.Authentication;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>TLS that failed for a reason that stays: trying again would not help.</summary>
internal static class TlsFailure
{
    /// <summary>The failure in our words; null where it is of another kind.</summary>
    public static OcidException? Of(string what, Uri address, HttpRequestException cause) => cause.InnerException is AuthenticationException reason
        ? new OcidException(
            ErrorKind.FailedPrecondition,
            $"{what}: TLS with {address.Authority}: {(reason.InnerException ?? reason).Message.TrimEnd('.')} (authorities and client certificates belong in certs.d/{address.Authority}/)",
            cause)
        : null;

    /// <summary>The failure of a registry that answers without TLS to those who must have it.</summary>
    public static OcidException PlainHttp(string what, Uri address) => new(
        ErrorKind.FailedPrecondition,
        $"{what}: {address.Authority} speaks plain HTTP, not TLS; what allows that is --tls-verify=false, or insecure = true for it in registries.conf");
}
