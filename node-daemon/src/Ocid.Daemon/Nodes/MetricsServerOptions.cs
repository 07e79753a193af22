using System.Net;
using Ocid.Streaming;

namespace Ocid.Daemon.Nodes;

/// <summary>How the agent serves the daemon's metrics.</summary>
/// <param name="Address">Where.</param>
/// <param name="Tls">Certificate and key, read again when they change; null makes a certificate.</param>
/// <param name="IsPlain">Without TLS and without asking who it is.</param>
internal sealed record MetricsServerOptions(IPEndPoint Address, StreamingTls? Tls, bool IsPlain);
