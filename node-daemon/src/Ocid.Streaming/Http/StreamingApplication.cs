using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ocid.Streaming.Http;

/// <summary>The endpoint as the web server calls it: without a host, services and routes, of which it needs none.</summary>
internal sealed class StreamingApplication(StreamingEndpoint endpoint, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => endpoint.ServeAsync(context, stopping);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
