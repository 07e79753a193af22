namespace Ocid.Cluster.Api;

/// <summary>A request that can be sent again.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The address below the server's.</param>
/// <param name="Body">What is sent with it.</param>
/// <param name="ContentType">What that is.</param>
internal sealed record ApiRequest(HttpMethod Method, string Path, byte[]? Body = null, string ContentType = "application/json")
{
    public HttpRequestMessage Message(Uri server)
    {
        // The original speaks HTTP/2 where the server does, so that all watches share a connection that is kept alive.
        var message = new HttpRequestMessage(Method, new Uri(server, Path)) { Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        message.Headers.Accept.ParseAdd("application/json");
        message.Headers.UserAgent.ParseAdd("ocid-operator");
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(ContentType);
        }

        return message;
    }

    public override string ToString() => $"{Method} {Path.Split('?')[0]}";
}
