using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>Decides whether a transfer that broke is taken up again: as long as each time something came.</summary>
internal sealed class BlobAttempts(string what, TimeProvider time)
{
    private int _fruitless;

    /// <summary>Waits before the next attempt.</summary>
    /// <param name="failure">Why the last one ended.</param>
    /// <param name="received">How many bytes it had brought.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">Unavailable: that was the last attempt.</exception>
    public Task AfterAsync(Exception failure, long received, CancellationToken ct)
    {
        _fruitless = received >= StallClock.Progress ? 1 : _fruitless + 1;
        return _fruitless < Retry.MostAttempts
            ? Retry.PauseAsync(_fruitless, failure, time, ct)
            : throw failure as OcidException ?? RegistryFailure.Unreachable(what, failure);
    }
}
