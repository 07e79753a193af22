using System.Security.Authentication;
using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>TLS that failed for a reason that stays: trying again would not help.</summary>
internal static class TlsFailure
{
    /// <summary>The failure in our words; null where it is of another kind.</summary>
    public static OcidException? Of(string what, Uri address, HttpRequestException cause) => Reason(cause) is { } reason
        ? new OcidException(
            ErrorKind.FailedPrecondition,
            $"{what}: TLS with {address.Authority}: {reason.TrimEnd('.')} (authorities and client certificates belong in certs.d/{address.Authority}/)",
            cause)
        : null;

    /// <summary>The failure of a registry that answers without TLS to those who must have it.</summary>
    public static OcidException PlainHttp(string what, Uri address) => new(
        ErrorKind.FailedPrecondition,
        $"{what}: {address.Authority} speaks plain HTTP, not TLS; what allows that is --tls-verify=false, or insecure = true for it in registries.conf");

    // Either we do not trust its certificate, or it does not take ours (or that we have none) and says so with an alert.
    private static string? Reason(Exception cause)
    {
        for (var inner = cause.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException untrusted)
                return (untrusted.InnerException ?? untrusted).Message;
            if (inner is CryptographicException && inner.Message.Contains(" alert ", StringComparison.Ordinal))
                return inner.Message;
        }

        return null;
    }
}
