using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>
/// Network namespaces of pods whose DEL is still due. The pod's removal goes on and takes the pin away, but some plugins (bridge, for
/// its masquerading rules) look into the namespace to know what to take back: an open descriptor keeps it for them.
/// </summary>
internal sealed class HeldNamespaces : IDisposable
{
    private readonly ConcurrentDictionary<PodSandboxId, SafeFileHandle> _held = [];

    /// <summary>The CNI_NETNS for a sandbox: the held one, else the pin, else empty.</summary>
    public string PathOf(PodSandboxId id, string? pin) =>
        _held.TryGetValue(id, out var handle) ? $"/proc/{Environment.ProcessId}/fd/{handle.DangerousGetHandle()}"
        : pin is not null && File.Exists(pin) ? pin
        : "";

    /// <summary>Keeps the namespace from now on, if its pin is still there.</summary>
    public void Hold(PodSandboxId id, string? pin)
    {
        if (pin is null || _held.ContainsKey(id))
            return;
        try
        {
            _held[id] = File.OpenHandle(pin, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, as after a reboot: there is nothing in it to take back.
        }
    }

    public void Release(PodSandboxId id)
    {
        if (_held.TryRemove(id, out var handle))
            handle.Dispose();
    }

    public void Dispose()
    {
        foreach (var id in _held.Keys)
            Release(id);
    }
}
