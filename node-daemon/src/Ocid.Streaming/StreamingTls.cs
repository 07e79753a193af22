namespace Ocid.Streaming;

/// <summary>The files of a server that speaks TLS. They are looked at with each connection, so that a file that is replaced is in force at once.</summary>
/// <param name="CertificateFile">The certificate with its chain, PEM.</param>
/// <param name="KeyFile">Its private key, PEM.</param>
/// <param name="ClientAuthorityFile">The authorities, PEM, of which one must have signed the client's certificate; null asks clients for none.</param>
public sealed record StreamingTls(string CertificateFile, string KeyFile, string? ClientAuthorityFile);
