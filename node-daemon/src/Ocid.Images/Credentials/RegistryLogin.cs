using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>
/// Logs in to registries and out of them: tries credentials, and keeps those that are right where pulls find them, in the first auth.json or in the program that
/// this or registries.conf names for them.
/// </summary>
/// <param name="registries">How registries are spoken to, and where credentials are kept.</param>
public sealed class RegistryLogin(ImageRegistries registries)
{
    private const string DockerHub = "docker.io";

    private readonly AuthFileLocation _file = registries.Options.AuthFiles.Count > 0
        ? registries.Options.AuthFiles[0]
        : throw new OcidException(ErrorKind.FailedPrecondition, "login: no file of credentials is configured");

    /// <summary>The registry of who names none: the first that registries.conf searches, or Docker's.</summary>
    public string DefaultRegistry => registries.List.SearchRegistries is [var first, ..] ? first : DockerHub;

    /// <summary>The file that credentials are kept in, unless a program keeps them.</summary>
    public string File => _file.Path;

    /// <summary>The user that is logged in; null where nobody is.</summary>
    /// <param name="registry">A host with its port, or a path below it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">InvalidArgument: it is no registry. Others: a file or program of credentials does not work.</exception>
    public async Task<string?> UserAsync(string registry, CancellationToken ct) =>
        await registries.Credentials.FindAsync(Below(Key(registry)), ct) is { } found ? found.Username : null;

    /// <summary>Tries what is kept for a registry already.</summary>
    /// <returns>Whether there is something, and it is right.</returns>
    /// <exception cref="OcidException">Unavailable: the registry cannot be reached.</exception>
    public async Task<bool> IsLoggedInAsync(string registry, bool? tlsVerify, CancellationToken ct)
    {
        var reference = Below(Key(registry));
        if (await registries.Credentials.FindAsync(reference, ct) is not { } found)
            return false;
        try
        {
            await CheckAsync(reference, found, tlsVerify, ct);
            return true;
        }
        catch (OcidException refused) when (refused.Kind == ErrorKind.PermissionDenied)
        {
            return false;
        }
    }

    /// <summary>Tries a name and a password, and keeps them.</summary>
    /// <param name="registry">A host with its port; or a path below it, for whose repositories alone they are kept.</param>
    /// <param name="user">The user's name.</param>
    /// <param name="password">The password, or a token in its place.</param>
    /// <param name="tlsVerify">As for a pull.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">PermissionDenied: the registry does not take them. Unavailable: it cannot be reached. InvalidArgument: it is no registry.</exception>
    public async Task LogInAsync(string registry, string user, string password, bool? tlsVerify, CancellationToken ct)
    {
        var key = Key(registry);
        await CheckAsync(Below(key), new RegistryCredentials { Username = user, Password = password }, tlsVerify, ct);
        var failures = new List<OcidException>();
        foreach (var keeper in registries.List.CredentialHelpers)
        {
            try
            {
                if (Keeper(keeper, key) is { } helper)
                    await helper.StoreAsync(key, user, password, ct);
                else
                    new AuthFileEditor(_file.Path).Set(key, user, password);
                return;
            }
            catch (OcidException failure)
            {
                failures.Add(failure);
            }
        }

        throw new OcidException(failures[0].Kind, string.Join("; ", failures.Select(failure => failure.Message)), failures[0]);
    }

    /// <summary>Drops what is kept for a registry.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="OcidException">InvalidArgument: it is no registry. Others: a file or program of credentials does not work.</exception>
    public async Task<bool> LogOutAsync(string registry, CancellationToken ct)
    {
        var (key, had) = (Key(registry), false);
        foreach (var keeper in registries.List.CredentialHelpers)
            had |= Keeper(keeper, key) is { } helper ? await helper.EraseAsync(key, ct) : new AuthFileEditor(_file.Path).Remove(key);
        return had;
    }

    /// <summary>Empties the file of credentials; what programs keep stays.</summary>
    /// <returns>The registries that were in it.</returns>
    public IReadOnlyList<string> LogOutOfAll() => new AuthFileEditor(_file.Path).RemoveAll();

    private CredentialHelper? Keeper(string keeper, string key)
    {
        var name = keeper == RegistryList.AuthFiles ? new AuthFileEditor(_file.Path).HelperOf(RegistryKey.HostOf(key)) : keeper;
        return name is null ? null : CredentialHelper.Find(name, registries.Options.ProgramDirectories);
    }

    private async Task CheckAsync(ImageReference reference, RegistryCredentials credentials, bool? tlsVerify, CancellationToken ct)
    {
        var access = new EndpointAccess { Credentials = credentials, TlsVerify = tlsVerify };
        using var registry = await registries.ConnectToTargetAsync(reference, access, RegistryAccess.Nothing, ct);
        await registry.CheckAsync(ct);
    }

    // As users write it, with a scheme and what Docker put behind, or not.
    private static string Key(string registry)
    {
        var key = registry[(registry.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].TrimEnd('/');
        if (RegistryKey.HostOf(key) == DockerHub)
            key = DockerHub;
        return key == DockerHub || (ImageReference.TryParse(key + "/x", out var below) && below.Name == key + "/x")
            ? key
            : throw new OcidException(ErrorKind.InvalidArgument, $"registry {Quoted.Text(registry)}: want host[:port], or a path below it");
    }

    private static ImageReference Below(string key) => ImageReference.Parse(key + "/x");
}
