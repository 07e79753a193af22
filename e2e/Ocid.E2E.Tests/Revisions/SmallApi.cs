using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>
/// The API server as one node's agent sees it: its RuntimeNode (list, watch, merge patch of the status), its Node, and the revisions' Secrets. It can be stopped
/// and started again with all that it knows.
/// </summary>
internal sealed class SmallApi : IAsyncDisposable
{
    private const string Nodes = "/apis/ocid.dev/v1alpha1/runtimenodes";

    private readonly Lock _gate = new();
    private readonly string _node;
    private readonly string _prefix;
    private readonly Dictionary<string, JsonObject> _secrets = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private JsonObject? _object;
    private int _version = 1;
    private HttpListener? _listener;
    private Task _serving = Task.CompletedTask;

    public SmallApi(string node, int port) => (_node, _prefix) = (node, $"http://127.0.0.1:{port}/");

    public Uri Address => new(_prefix);

    /// <summary>How often the status was written.</summary>
    public int Writes { get; private set; }

    public JsonObject? Status
    {
        get
        {
            lock (_gate)
                return _object?["status"]?.DeepClone().AsObject();
        }
    }

    public string? Phase => (string?)Status?["phase"];

    public void Start()
    {
        _listener = new HttpListener { Prefixes = { _prefix } };
        _listener.Start();
        _serving = ServeAsync(_listener);
    }

    public async Task StopAsync()
    {
        _listener?.Abort();
        Changed();
        await _serving;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Puts a revision's Secret there, as the operator does.</summary>
    public void Add(Revision revision)
    {
        var data = new JsonObject(revision.ToData().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert.ToBase64String(entry.Value))));
        lock (_gate)
            _secrets[RevisionSecret.NameOf(revision.Hash)] = new JsonObject { ["kind"] = "Secret", ["type"] = RevisionSecret.Type, ["data"] = data };
    }

    /// <summary>Writes the spec of the RuntimeNode, as the operator does.</summary>
    public void Ask(string? revision, bool release = false)
    {
        lock (_gate)
        {
            var generation = (long?)_object?["metadata"]!["generation"] ?? 0;
            _object = new JsonObject
            {
                ["kind"] = "RuntimeNode",
                ["metadata"] = new JsonObject { ["name"] = _node, ["generation"] = generation + 1 },
                ["spec"] = new JsonObject { ["desiredRevision"] = revision, ["release"] = release },
                ["status"] = _object?["status"]?.DeepClone(),
            };
        }

        Changed();
    }

    private void Changed()
    {
        lock (_gate)
        {
            _version++;
            if (_object is not null)
                _object["metadata"]!["resourceVersion"] = $"{_version}";
            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task ServeAsync(HttpListener listener)
    {
        var answers = new List<Task>();
        try
        {
            while (true)
                answers.Add(AnswerAsync(listener, await listener.GetContextAsync()));
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AnswerAsync(HttpListener listener, HttpListenerContext context)
    {
        var (path, query) = (context.Request.Url!.AbsolutePath, context.Request.QueryString);
        if (path == Nodes && query["watch"] == "true")
            await WatchAsync(listener, context.Response);
        else if (path == Nodes)
            await SendAsync(context.Response, List());
        else if (path == $"{Nodes}/{_node}/status" && context.Request.HttpMethod == "PATCH")
            await SendAsync(context.Response, await PatchAsync(context.Request));
        else if (path == "/apis/authentication.k8s.io/v1/tokenreviews")
            await SendAsync(context.Response, Token(await JsonNode.ParseAsync(context.Request.InputStream)));
        else if (path == "/apis/authorization.k8s.io/v1/subjectaccessreviews")
            await SendAsync(context.Response, Access(await JsonNode.ParseAsync(context.Request.InputStream)));
        else if (path == $"/api/v1/nodes/{_node}")
            await SendAsync(context.Response, new JsonObject { ["status"] = new JsonObject { ["nodeInfo"] = new JsonObject { ["containerRuntimeVersion"] = "containerd://2.1.0" } } });
        else if (path.StartsWith($"/api/v1/namespaces/{RevisionSecret.DefaultNamespace}/secrets/", StringComparison.Ordinal) && Secret(path) is { } secret)
            await SendAsync(context.Response, secret);
        else
            await SendAsync(context.Response, new JsonObject { ["kind"] = "Status", ["message"] = $"{path} not found" }, HttpStatusCode.NotFound);
    }

    // Two are known, and one of them may read the metrics.
    private static JsonObject Token(JsonNode? review)
    {
        var token = (string?)review!["spec"]!["token"];
        return new JsonObject { ["status"] = new JsonObject { ["authenticated"] = token is "prometheus" or "somebody", ["user"] = new JsonObject { ["username"] = token } } };
    }

    private static JsonObject Access(JsonNode? review)
    {
        var spec = review!["spec"]!;
        var isAllowed = (string?)spec["user"] == "prometheus" && (string?)spec["nonResourceAttributes"]!["path"] == "/metrics" && (string?)spec["nonResourceAttributes"]!["verb"] == "get";
        return new JsonObject { ["status"] = new JsonObject { ["allowed"] = isAllowed } };
    }

    private JsonObject List()
    {
        lock (_gate)
            return new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = $"{_version}" }, ["items"] = _object is null ? new JsonArray() : new JsonArray(_object.DeepClone()) };
    }

    private JsonNode? Secret(string path)
    {
        lock (_gate)
            return _secrets.GetValueOrDefault(path.Split('/')[^1])?.DeepClone();
    }

    private async Task<JsonObject> PatchAsync(HttpListenerRequest request)
    {
        if (request.ContentType != "application/merge-patch+json")
            throw new OcidException(ErrorKind.InvalidArgument, $"no merge patch: {request.ContentType}");
        var patch = (await JsonNode.ParseAsync(request.InputStream))!["status"]!.AsObject();
        lock (_gate)
        {
            Writes++;
            // A null takes a member away.
            _object!["status"] = new JsonObject(patch.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        }

        Changed();
        return new JsonObject { ["kind"] = "RuntimeNode" };
    }

    private async Task WatchAsync(HttpListener listener, HttpListenerResponse response)
    {
        response.SendChunked = true;
        var seen = -1;
        while (listener.IsListening)
        {
            Task changed;
            string? line = null;
            lock (_gate)
            {
                changed = _changed.Task;
                if (_version != seen && _object is not null)
                    line = new JsonObject { ["type"] = "MODIFIED", ["object"] = _object.DeepClone() }.ToJsonString();
                seen = _version;
            }

            if (line is not null)
            {
                await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
                await response.OutputStream.FlushAsync();
            }

            await changed;
        }
    }

    private static async Task SendAsync(HttpListenerResponse response, JsonNode answer, HttpStatusCode code = HttpStatusCode.OK)
    {
        response.StatusCode = (int)code;
        response.ContentType = "application/json";
        await response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
        response.Close();
    }
}
