using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Ocid.Cri.Metrics;

/// <summary>/metrics, /healthz and /readyz, as Prometheus and a service supervisor ask for them.</summary>
internal static class MetricsEndpoints
{
    public static void MapMetrics(this IEndpointRouteBuilder routes, CriMetrics metrics, Func<CancellationToken, ValueTask<string?>> whyNotReady)
    {
        routes.Map("/metrics", context =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            return metrics.Registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
        });
        routes.Map("/healthz", context => context.Response.WriteAsync("ok\n", context.RequestAborted));
        routes.Map("/readyz", async context =>
        {
            var reason = await whyNotReady(context.RequestAborted);
            context.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(reason is null ? "ok\n" : reason + "\n", context.RequestAborted);
        });
    }
}
