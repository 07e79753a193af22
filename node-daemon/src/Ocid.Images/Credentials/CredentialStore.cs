using Ocid.Images.Live;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>The credentials of auth.json files, and of the helpers that they or registries.conf name.</summary>
/// <param name="files">The files, strongest first.</param>
/// <param name="programDirectories">Where helpers are installed.</param>
/// <param name="registries">The order of files and helpers.</param>
/// <param name="keptLast">Told of a file that became wrong; what it said before stays in force.</param>
internal sealed class CredentialStore(
    IEnumerable<AuthFileLocation> files, IReadOnlyList<string> programDirectories, Func<RegistryList> registries, Action<OcidException> keptLast) : ICredentialSource
{
    private readonly List<LiveFiles<AuthFile>> _files = [.. files.Select(file => new LiveFiles<AuthFile>(reading => AuthFile.Read(reading, file), keptLast))];

    /// <inheritdoc/>
    /// <exception cref="OcidException">A file cannot be read or a helper failed, and nothing else had any.</exception>
    public async ValueTask<RegistryCredentials?> FindAsync(ImageReference endpoint, CancellationToken ct)
    {
        var failures = new List<OcidException>();
        foreach (var helper in registries().CredentialHelpers)
        {
            try
            {
                var found = helper == RegistryList.AuthFiles ? await FromFilesAsync(endpoint, ct) : await FromHelperAsync(helper, endpoint.Domain, ct);
                if (found is not null)
                    return found;
            }
            catch (OcidException failure)
            {
                failures.Add(failure);
            }
        }

        return failures.Count == 0 ? null
            : throw new OcidException(failures[0].Kind, $"credentials for {endpoint.Domain}: {string.Join("; ", failures.Select(failure => failure.Message))}", failures[0]);
    }

    private async Task<RegistryCredentials?> FromFilesAsync(ImageReference endpoint, CancellationToken ct)
    {
        foreach (var file in _files)
        {
            if (await FromFileAsync(file.Current, endpoint, ct) is { } found)
                return found;
        }

        return null;
    }

    private async Task<RegistryCredentials?> FromFileAsync(AuthFile file, ImageReference endpoint, CancellationToken ct)
    {
        var (host, address) = (endpoint.Domain, endpoint.Domain == "docker.io" ? RegistryKey.DockerHubAddress : endpoint.Domain);
        if (file.HelperOf(host) is { } own)
            return await FromHelperAsync(own, host, ct);
        if (file.HelperOf(address) is { } docker)
            return await FromHelperAsync(docker, address, ct);
        return file.Find(endpoint) ?? (file.HelperOfAll is { } all ? await FromHelperAsync(all, address, ct) : null);
    }

    private Task<RegistryCredentials?> FromHelperAsync(string name, string server, CancellationToken ct) =>
        CredentialHelper.Find(name, programDirectories).GetAsync(server, ct);
}
