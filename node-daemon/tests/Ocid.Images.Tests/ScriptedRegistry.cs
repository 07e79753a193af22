using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ocid.Images.Tests;

/// <summary>A registry that does what a test says, over plain HTTP on the loopback.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _loop;

    public ScriptedRegistry(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Host = $"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}";
        }

        _listener.Prefixes.Add($"http://{Host}/");
        _listener.Start();
        _loop = ServeAsync();
    }

    public string Host { get; }

    /// <summary>Path, and Authorization header, of each request.</summary>
    public ConcurrentQueue<(string Path, string? Authorization)> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _loop;
    }

    public static async Task SendAsync(HttpListenerContext context, byte[] body, string? contentType = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength64 = body.Length;
        // The listener copies what is written with its headers: little, so that tests can count what the other side allocates.
        for (var at = 0; at < body.Length; at += 65536)
            await context.Response.OutputStream.WriteAsync(body.AsMemory(at, Math.Min(65536, body.Length - at)));
        context.Response.Close();
    }

    /// <summary>Asks for a token of this server's own <c>/token</c>.</summary>
    public Task ChallengeAsync(HttpListenerContext context)
    {
        context.Response.AddHeader("WWW-Authenticate", $"Bearer realm=\"http://{Host}/token\",service=\"s\"");
        return SendAsync(context, [], status: HttpStatusCode.Unauthorized);
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        while (true)
        {
            try
            {
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                await Task.WhenAll(answers);
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Requests.Enqueue((context.Request.Url!.PathAndQuery, context.Request.Headers["Authorization"]));
        try
        {
            await _answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException or InvalidOperationException)
        {
            context.Response.Abort(); // the client, or the test, is gone
        }
    }
}
