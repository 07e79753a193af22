using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Daemon.Configuration;
using Ocid.Images.Credentials;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary>The flags of verbs that speak to registries, named as podman and skopeo name them.</summary>
internal sealed class RegistryFlags
{
    private readonly Option<bool?> _verify = new("--tls-verify")
    {
        Description = "Check the registry's certificate, whatever registries.conf says; =false also allows plain HTTP",
        HelpName = "true|false",
    };

    private readonly Option<string?> _credentials = new("--creds") { Description = "Name and password for the image's registry", HelpName = "USER:PASSWORD" };

    private readonly Option<string?> _authFile = new("--authfile")
    {
        Description = "Read credentials from this file alone, an auth.json [default: $REGISTRY_AUTH_FILE]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificates = new("--cert-dir") { Description = "Certificates (*.crt, *.cert, *.key) in place of those in certs.d", HelpName = "PATH" };

    public void AddTo(Command command)
    {
        command.Options.Add(_credentials);
        AddAllButCredentialsTo(command);
    }

    /// <summary>For verbs that have their own way to be told name and password.</summary>
    public void AddAllButCredentialsTo(Command command)
    {
        foreach (var option in new Option[] { _verify, _authFile, _certificates })
            command.Options.Add(option);
    }

    /// <summary>Null where registries.conf decides.</summary>
    public bool? TlsVerify(ParseResult parsed) => parsed.GetValue(_verify);

    /// <exception cref="OcidException">InvalidArgument: no USER:PASSWORD.</exception>
    public RegistryCredentials? Credentials(ParseResult parsed)
    {
        if (parsed.GetValue(_credentials) is not { } text)
            return null;

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new RegistryCredentials { Username = text[..colon], Password = text[(colon + 1)..] }
            : throw new OcidException(ErrorKind.InvalidArgument, "--creds: want USER:PASSWORD");
    }

    /// <summary>The registries as the user has them, with what the flags say in place of the user's own files.</summary>
    /// <exception cref="OcidException">NotFound: the file of credentials is not there.</exception>
    public ImageRegistries Open(ParseResult parsed, ImagesOptions images, bool authFileMayBeMissing = false)
    {
        var options = UserRegistries.Options(images, Environment.GetEnvironmentVariable);
        if (parsed.GetValue(_certificates) is { } certificates)
            options = options with { CertificateDirectory = Path.GetFullPath(certificates) };
        if (parsed.GetValue(_authFile) is { } file)
        {
            options = authFileMayBeMissing || File.Exists(file)
                ? options with { AuthFiles = [new AuthFileLocation(Path.GetFullPath(file))] }
                : throw new OcidException(ErrorKind.NotFound, $"--authfile {file}: no such file");
        }

        return new ImageRegistries(options, NullLoggerFactory.Instance);
    }
}
