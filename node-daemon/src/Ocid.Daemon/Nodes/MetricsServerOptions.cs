using System.Net;

namespace Ocid.Daemon.Nodes;

/// <summary>How the agent serves the daemon's metrics.</summary>
/// <param name="Address">Where.</param>
/// <param name="CertificateFile">The certificate, as PEM; null makes one.</param>
/// <param name="KeyFile">Its key.</param>
/// <param name="IsPlain">Without TLS and without asking who it is.</param>
internal sealed record MetricsServerOptions(IPEndPoint Address, string? CertificateFile, string? KeyFile, bool IsPlain);
