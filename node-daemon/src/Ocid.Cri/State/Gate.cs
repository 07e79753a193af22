using System.Diagnostics.CodeAnalysis;

namespace Ocid.Cri.State;

/// <summary>One holder at a time, or as many as are given; leaving the scope opens it again.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore owns nothing as long as nobody asks for its wait handle.")]
internal sealed class Gate(int holders = 1)
{
    private readonly SemaphoreSlim _free = new(holders, holders);

    public async Task<Scope> EnterAsync(CancellationToken ct)
    {
        await _free.WaitAsync(ct).ConfigureAwait(false);
        return new Scope(_free);
    }

    public readonly struct Scope(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
