using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Cri.Serving;

/// <summary>Held while a daemon serves a socket, so that a second one cannot take its path. The kernel lets go of it with the process.</summary>
internal static class SocketLock
{
    /// <summary>Takes the lock beside the socket. Its file stays: to unlink it would let two hold two.</summary>
    /// <exception cref="OcidException">FailedPrecondition: another daemon holds it.</exception>
    public static FileLock Take(string socketPath)
    {
        var path = socketPath + ".lock";
        return FileLock.TryAcquire(path, FileLockMode.Exclusive)
            ?? throw new OcidException(ErrorKind.FailedPrecondition, $"lock {path}: another daemon serves this socket");
    }
}
