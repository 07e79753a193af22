using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Requests;
using Ocid.Cluster.Testing.Reviews;
using Ocid.Cluster.Testing.Writes;

namespace Ocid.Cluster.Testing;

/// <summary>
/// A Kubernetes API server in this process, on loopback: as much of one as the product uses, and what a test wants to go wrong. It can be stopped and started again with all
/// that it knows. The contract suite holds it to what a real one does.
/// </summary>
public sealed class ApiDouble : IAsyncDisposable
{
    private static readonly string[] FirstNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];

    private readonly ObjectStore _store = new();
    private readonly Lists _lists;
    private readonly Router _router;
    private readonly ConcurrentQueue<ApiCall> _calls = [];
    private readonly ConcurrentDictionary<IHttpRequestLifetimeFeature, bool> _watches = [];
    private CancellationTokenSource _stopped = new();
    private WebApplication? _server;

    public ApiDouble(TimeProvider? time = null)
    {
        var writer = new ObjectWriter(_store, time ?? TimeProvider.System);
        _lists = new Lists(_store);
        _router = new Router(_store, _lists, writer, Reviewer, () => Bookmarks);
        foreach (var name in FirstNamespaces)
            writer.Create(
                new ApiAddress(ApiKinds.Namespaces, null, null, null),
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } });
    }

    /// <summary>Where it is, from the first start on.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Who is who, and may what.</summary>
    public Reviewer Reviewer { get; } = new();

    /// <summary>Whether only those are answered whose tokens the reviewer knows.</summary>
    public bool WantsToken { get; set; }

    /// <summary>How often a watch without events gets a bookmark.</summary>
    public TimeSpan Bookmarks { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What goes wrong with a request; null: nothing.</summary>
    public Func<ApiCall, Fault?> Faults { get; set; } = _ => null;

    /// <summary>What it was asked, in that order.</summary>
    public IReadOnlyCollection<ApiCall> Calls => _calls;

    /// <summary>How many watches are open.</summary>
    public int Watches => _watches.Count;

    /// <summary>How many writes there were, leases and events included.</summary>
    public long Version => _store.Version;

    /// <summary>A started double.</summary>
    public static async Task<ApiDouble> StartNewAsync()
    {
        var api = new ApiDouble();
        await api.StartAsync();
        return api;
    }

    /// <summary>Listens, at the same port as before.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, Address.Port);
            kestrel.Limits.MaxRequestBodySize = null;
        });
        _stopped = new CancellationTokenSource();
        _server = builder.Build();
        _server.Run(AnswerAsync);
        await _server.StartAsync();
        Address = new Uri(_server.Urls.First());
    }

    /// <summary>Cuts every connection and takes no more.</summary>
    public async Task StopAsync()
    {
        if (_server is null)
            return;
        await _stopped.CancelAsync();
        CutWatches();
        await _server.StopAsync(new CancellationToken(canceled: true));
        await _server.DisposeAsync();
        _stopped.Dispose();
        _server = null;
    }

    /// <summary>A connection to it.</summary>
    public Kubernetes Connect(string? token = null) => new(new KubernetesClientConfiguration { Host = Address.ToString(), AccessToken = token });

    /// <summary>An object as it is now, for looking at; null where there is none.</summary>
    public JsonObject? Find(string plural, Key key) => ApiKinds.All.Where(kind => kind.Plural == plural).Select(kind => _store.Find(kind, key)).FirstOrDefault(found => found is not null)?.Copy();

    /// <summary>Forgets what was written so far: watches and pages of earlier versions are too old.</summary>
    public void Compact()
    {
        _store.Compact();
        _lists.Expire();
    }

    /// <summary>Cuts the connections of all watches.</summary>
    public void CutWatches()
    {
        foreach (var watch in _watches.Keys)
            watch.Abort();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var call = new ApiCall(context.Request.Method, context.Request.Path.Value ?? "", context.Request.Query["watch"] == "true");
        _calls.Enqueue(call);
        // The context is gone when its request is over; this is the connection's.
        var connection = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        if (call.IsWatch)
            _watches[connection] = true;
        try
        {
            await AnswerAsync(context, Faults(call));
        }
        catch (RefusalException refusal)
        {
            if (refusal.RetryAfterSeconds is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Router.SendAsync(context, refusal.Code, refusal.ToStatus());
        }
        catch (Exception left) when (left is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
        finally
        {
            _watches.TryRemove(connection, out _);
        }
    }

    private async Task AnswerAsync(HttpContext context, Fault? fault)
    {
        switch (fault)
        {
            case Fault.Refuse refuse:
                throw refuse.With;
            case Fault.Cut:
                context.Abort();
                break;
            case Fault.CutAfter:
                var answer = context.Response.Body;
                context.Response.Body = Stream.Null;
                await _router.AnswerAsync(context);
                context.Response.Body = answer;
                context.Abort();
                break;
            case Fault.Silence:
                await SilenceAsync(context);
                break;
            case Fault.Garbage garbage:
                await context.Response.WriteAsync(garbage.Text, context.RequestAborted);
                break;
            default:
                if (WantsToken && Reviewer.UserOf(context.Request.Headers.Authorization) is null)
                    throw new RefusalException(HttpStatusCode.Unauthorized, "Unauthorized", "Unauthorized");
                await _router.AnswerAsync(context);
                break;
        }
    }

    private async Task SilenceAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopped.Token);
        await context.Response.StartAsync(end.Token);
        await Task.Delay(Timeout.Infinite, end.Token);
    }
}
