using Microsoft.Extensions.Hosting;

namespace Ocid.Cri.Serving;

/// <summary>Keeps the web host from handling signals: the daemon does.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
