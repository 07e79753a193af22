using Ocid.Linux;

namespace Ocid.Storage.Layers;

/// <summary>A temporary directory that nobody cleans up as long as the lock is held.</summary>
internal sealed record Reservation(string Name, string Directory, FileLock Held);
