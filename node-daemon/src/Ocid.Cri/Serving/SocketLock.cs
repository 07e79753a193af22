using Ocid.Primitives;

namespace Ocid.Cri.Serving;

/// <summary>Held while a daemon serves a socket, so that a second one cannot take its path. The kernel lets go of it with the process.</summary>
internal sealed class SocketLock : IDisposable
{
    private readonly FileStream _file;

    private SocketLock(FileStream file) => _file = file;

    /// <summary>Takes the lock beside the socket.</summary>
    /// <exception cref="OcidException">FailedPrecondition: another daemon holds it.</exception>
    public static SocketLock Take(string socketPath)
    {
        var path = socketPath + ".lock";
        try
        {
            // FileShare.None is flock(2) with LOCK_EX | LOCK_NB. The file stays: to unlink it would let two hold two.
            return new SocketLock(new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }));
        }
        catch (IOException failure) when (failure is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"lock {path}: another daemon serves this socket", failure);
        }
    }

    public void Dispose() => _file.Dispose();
}
