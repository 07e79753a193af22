using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Prometheus;

namespace Ocid.Operator.Serving;

/// <summary>/metrics on one address, /healthz and /readyz on another.</summary>
internal sealed class ProbeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    /// <param name="metrics">Where Prometheus asks; null is nowhere.</param>
    /// <param name="probes">Where the kubelet asks; null is nowhere.</param>
    /// <param name="registry">What Prometheus gets.</param>
    /// <param name="whyNotReady">Why the operator is not ready; null where it is.</param>
    /// <param name="log">For what fails.</param>
    public ProbeServer(IPEndPoint? metrics, IPEndPoint? probes, CollectorRegistry registry, Func<string?> whyNotReady, ILoggerFactory log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(log);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var address in new[] { metrics, probes }.OfType<IPEndPoint>().Distinct())
                kestrel.Listen(address);
        });
        _application = builder.Build();
        _application.Map("/metrics", context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
        });
        _application.Map("/healthz", context => context.Response.WriteAsync("ok\n", context.RequestAborted));
        _application.Map("/readyz", context =>
        {
            var reason = whyNotReady();
            context.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync(reason is null ? "ok\n" : reason + "\n", context.RequestAborted);
        });
    }

    public Task StartAsync(CancellationToken ct) => _application.StartAsync(ct);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
