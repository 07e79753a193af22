namespace Ocid.Streaming.Http;

/// <summary>The two halves of a client's connection: reading what it sends, and the work that is done for it.</summary>
internal static class Conversation
{
    /// <summary>
    /// Reads and works at the same time. The work is cancelled once the client has gone. When it is done, reading goes on until the client closes
    /// the connection: to close it first would throw away what the client has not read yet, as soon as it sends anything.
    /// </summary>
    /// <param name="read">Reads to the end of the connection.</param>
    /// <param name="work">What is done for the client.</param>
    /// <param name="linger">How long the client may take to close.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Ends both.</param>
    /// <returns>What the work returned.</returns>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task> read, Func<CancellationToken, Task<T>> work, TimeSpan linger, TimeProvider time, CancellationToken ct)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(read, gone);
        try
        {
            var result = await work(gone.Token);
            await Task.WhenAny(reading, Task.Delay(linger, time, gone.Token));
            return result;
        }
        finally
        {
            await gone.CancelAsync();
            await reading;
        }
    }

    // How the connection ended is the log's to know, not the work's.
    private static async Task ReadAsync(Func<CancellationToken, Task> read, CancellationTokenSource gone)
    {
        try
        {
            await read(gone.Token);
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            // The client is gone, which the token says.
        }

        await gone.CancelAsync();
    }
}
