using Microsoft.Extensions.Logging;
using Ocid.Linux;

namespace Ocid.Storage.Records;

/// <summary>Takes the locks of a store. Whoever waits longer than a second says what for, and for whom.</summary>
/// <param name="waits">Told the lock's file name once such a wait has lasted a second.</param>
/// <param name="logger">Says the same.</param>
internal sealed partial class StoreLocks(Action<string> waits, ILogger logger)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    public async Task<FileLock> AcquireAsync(string path, CancellationToken ct)
    {
        var acquiring = FileLock.AcquireAsync(path, FileLockMode.Exclusive, ct);
        if (acquiring.IsCompleted || await Task.WhenAny(acquiring, Task.Delay(s_patience, CancellationToken.None)) == acquiring)
            return await acquiring;

        waits(Path.GetFileName(path));
        LogWaiting(path, Holder(path));
        var held = await acquiring;
        LogGot(path);
        return held;
    }

    private static string Holder(string path)
    {
        if (FileLock.Holder(path) is not { } id)
            return "another program or another part of this one";
        try
        {
            return $"{File.ReadAllText($"/proc/{id}/comm").Trim()} (process {id})";
        }
        catch (Exception ended) when (ended is IOException or UnauthorizedAccessException)
        {
            return $"process {id}";
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "waiting for the lock {Path} of the store, which {Holder} holds")]
    private partial void LogWaiting(string path, string holder);

    [LoggerMessage(Level = LogLevel.Information, Message = "got the lock {Path} of the store")]
    private partial void LogGot(string path);
}
