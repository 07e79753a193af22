using System.Net;
using System.Net.Sockets;
using Ocid.Cri.Pods;
using Ocid.Linux;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Cri.Streaming;

/// <summary>Connects to what listens on a pod's loopback.</summary>
internal static class PodPort
{
    /// <summary>Tries IPv4, then IPv6, inside the pod's network namespace; on the host for a pod of the host's network.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the pod is not ready. Unavailable: nobody listens.</exception>
    public static async Task<Socket> DialAsync(PodSandbox pod, int port, CancellationToken ct)
    {
        if (!pod.Status.Ready)
            throw new OcidException(ErrorKind.FailedPrecondition, $"port {port} of pod sandbox {pod.Id}: the pod is not ready");
        try
        {
            return await DialAsync(pod, new IPEndPoint(IPAddress.Loopback, port), ct).ConfigureAwait(false);
        }
        catch (SocketException refused)
        {
            try
            {
                return await DialAsync(pod, new IPEndPoint(IPAddress.IPv6Loopback, port), ct).ConfigureAwait(false);
            }
            catch (SocketException) // what IPv4 said is what people expect
            {
                throw new OcidException(ErrorKind.Unavailable, $"connect to 127.0.0.1:{port} in pod sandbox {pod.Id}: {refused.Message.ToLowerInvariant()}", refused);
            }
        }
    }

    private static async Task<Socket> DialAsync(PodSandbox pod, IPEndPoint address, CancellationToken ct)
    {
        var socket = await OpenAsync(pod, address.AddressFamily).ConfigureAwait(false);
        try
        {
            await socket.ConnectAsync(address, ct).ConfigureAwait(false);
            socket.NoDelay = true;
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Socket> OpenAsync(PodSandbox pod, AddressFamily family) => pod.Spec.HostNetwork
        ? new Socket(family, SocketType.Stream, ProtocolType.Tcp)
        : new Socket(await OwnThread.RunAsync(() => NetworkNamespace.OpenSocket(pod.NetworkNamespace, family, SocketType.Stream)).ConfigureAwait(false));
}
