using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Ocid.Primitives;

namespace Ocid.Streaming.Http;

/// <summary>
/// A server's certificate and whom it trusts, read again when a file has changed, also where the files are links, as in a volume of Kubernetes. A change that cannot
/// be read leaves what was in force.
/// </summary>
public sealed partial class ServerCertificate
{
    private static readonly Oid ClientAuthentication = new("1.3.6.1.5.5.7.3.2");

    private readonly StreamingTls _files;
    private readonly string _server;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private string _version;
    private SslServerAuthenticationOptions _options;

    /// <param name="files">Where they are.</param>
    /// <param name="server">Whose they are, for what is told.</param>
    /// <param name="logger">For changes.</param>
    /// <exception cref="OcidException">InvalidArgument: a file cannot be read.</exception>
    public ServerCertificate(StreamingTls files, string server, ILogger logger)
    {
        (_files, _server, _logger) = (files, server, logger);
        _version = Version();
        _options = Read();
    }

    /// <summary>What a new connection is authenticated with.</summary>
    public SslServerAuthenticationOptions Options()
    {
        lock (_gate)
        {
            if (Version() is var now && now != _version)
                Reload(now);
            return _options;
        }
    }

    // Remembered also when it fails: the same files are not tried again with each connection.
    private void Reload(string now)
    {
        _version = now;
        try
        {
            _options = Read();
            LogReloaded(_server, _files.CertificateFile);
        }
        catch (OcidException failure)
        {
            LogKept(_server, failure.Message);
        }
    }

    private string Version() => string.Join(' ', from path in (string?[])[_files.CertificateFile, _files.KeyFile, _files.ClientAuthorityFile]
                                                 where path is not null
                                                 select Version(path));

    private static string Version(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return $"{File.GetLastWriteTimeUtc(file).Ticks}-{RandomAccess.GetLength(file)}";
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return "none";
        }
    }

    private SslServerAuthenticationOptions Read()
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(_files.CertificateFile, _files.KeyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_files.CertificateFile);
            var options = new SslServerAuthenticationOptions
            {
                ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http11],
            };
            if (_files.ClientAuthorityFile is { } authorities)
                AskClients(options, authorities);
            return options;
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"{_server}: read {_files.CertificateFile}, {_files.KeyFile}: {failure.Message}", failure);
        }
    }

    private static void AskClients(SslServerAuthenticationOptions options, string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        options.ClientCertificateRequired = true;
        options.RemoteCertificateValidationCallback = (_, certificate, presented, _) => certificate is X509Certificate2 client && IsSigned(client, presented, authorities);
    }

    private static bool IsSigned(X509Certificate2 client, X509Chain? presented, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ClientAuthentication);
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(client);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Server}: {File} has changed and is in force")]
    private partial void LogReloaded(string server, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Server}: the certificate has changed and is not in force: {Reason}")]
    private partial void LogKept(string server, string reason);
}
