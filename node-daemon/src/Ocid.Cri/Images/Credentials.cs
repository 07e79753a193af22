using System.Text;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>CRI's AuthConfig as registry credentials.</summary>
internal static class Credentials
{
    /// <exception cref="OcidException">InvalidArgument: <c>auth</c> is not base64 of <c>user:password</c>.</exception>
    public static RegistryCredentials? From(V1.AuthConfig? auth)
    {
        // The server is a host or an address, and often not said: then they are for the image's own registry.
        return auth is null || Unbound(auth) is not { } credentials ? null : auth.ServerAddress.Length > 0 ? credentials with { Server = auth.ServerAddress } : credentials;
    }

    private static RegistryCredentials? Unbound(V1.AuthConfig auth)
    {
        if (auth.RegistryToken.Length > 0)
            return new RegistryCredentials { RegistryToken = auth.RegistryToken };
        if (auth.IdentityToken.Length > 0)
            return new RegistryCredentials { IdentityToken = auth.IdentityToken };
        if (auth.Username.Length > 0)
            return new RegistryCredentials { Username = auth.Username, Password = auth.Password };
        if (auth.Auth.Length == 0)
            return null;

        var buffer = new byte[auth.Auth.Length];
        if (!Convert.TryFromBase64String(auth.Auth, buffer, out var length))
            throw NotPair();
        var pair = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return pair is [var user, var password] ? new RegistryCredentials { Username = user, Password = password.TrimEnd('\0') } : throw NotPair();
    }

    private static OcidException NotPair() => new(ErrorKind.InvalidArgument, "pull image: auth.auth is not base64 of user:password");
}
