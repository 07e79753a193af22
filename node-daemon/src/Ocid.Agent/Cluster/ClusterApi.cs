using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ocid.Agent.Cluster.Wire;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Cluster;

/// <summary>The few calls of the Kubernetes API that an agent needs.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/</remarks>
public sealed class ClusterApi : IDisposable
{
    private const string Nodes = $"/apis/{RuntimeNodeApi.ApiVersion}/{RuntimeNodeApi.Plural}";
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    private readonly ClusterAddress _address;
    private readonly HttpClient _http;

    /// <param name="address">Where the API server is.</param>
    /// <exception cref="OcidException">FailedPrecondition: the certificates cannot be read.</exception>
    public ClusterApi(ClusterAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _address = address;
        var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = CallLimit };
        if (address.AuthorityFile is { } file)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trusting(file) };
        _http = new HttpClient(handler) { BaseAddress = address.Server, Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The connections' end.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>This node's object, and the version of the list that said so.</summary>
    internal async Task<(RuntimeNodeObject? Node, string Version)> FindNodeAsync(string name, CancellationToken ct)
    {
        var list = await CallAsync(HttpMethod.Get, $"{Nodes}?fieldSelector={Selector(name)}", null, ClusterJson.Default.RuntimeNodeList, ct).ConfigureAwait(false);
        return (list.Items is [var node, ..] ? node : null, list.Metadata.ResourceVersion);
    }

    /// <summary>What happens to this node's object, until the server ends the watch or the limit is over.</summary>
    /// <param name="name">The node.</param>
    /// <param name="version">After which version.</param>
    /// <param name="limit">For how long: the server's time-out, and a little more on this side, where a dead connection is not noticed otherwise.</param>
    /// <param name="ct">Cancels.</param>
    internal async IAsyncEnumerable<WatchEvent> WatchNodeAsync(string name, string version, TimeSpan limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(limit + CallLimit);
        var address = $"{Nodes}?watch=true&allowWatchBookmarks=true&fieldSelector={Selector(name)}&resourceVersion={Uri.EscapeDataString(version)}&timeoutSeconds={limit.TotalSeconds:0}";
        using var request = await RequestAsync(HttpMethod.Get, address, late.Token).ConfigureAwait(false);
        using var response = await SendAsync(request, late.Token).ConfigureAwait(false);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(late.Token).ConfigureAwait(false));
        while (await ReadLineAsync(lines, late.Token).ConfigureAwait(false) is { } line)
            yield return Parse(line);
    }

    /// <summary>Writes this node's status.</summary>
    /// <returns>The object as it is then.</returns>
    internal Task<RuntimeNodeObject> PatchStatusAsync(string name, RuntimeNodeStatus status, CancellationToken ct)
    {
        var content = Json(new StatusPatch(status), ClusterJson.Default.StatusPatch, "application/merge-patch+json");
        return CallAsync(HttpMethod.Patch, $"{Nodes}/{Uri.EscapeDataString(name)}/status", content, ClusterJson.Default.RuntimeNodeObject, ct);
    }

    /// <summary>A revision, checked.</summary>
    /// <exception cref="OcidException">NotFound: there is none. InvalidArgument, DataLoss: it is not what its name says.</exception>
    internal async Task<Revision> GetRevisionAsync(string space, RevisionHash hash, CancellationToken ct)
    {
        var secret = await CallAsync(HttpMethod.Get, $"/api/v1/namespaces/{Uri.EscapeDataString(space)}/secrets/{RevisionSecret.NameOf(hash)}", null, ClusterJson.Default.SecretObject, ct).ConfigureAwait(false);
        if (secret.Type != RevisionSecret.Type)
            throw new OcidException(ErrorKind.InvalidArgument, $"secret {space}/{RevisionSecret.NameOf(hash)}: its type is {Quoted.Text(secret.Type)} and not {RevisionSecret.Type}");
        return Revision.Read(hash, secret.Data ?? new Dictionary<string, byte[]>());
    }

    /// <summary>The runtime that the node's kubelet is connected to, as <c>name://version</c>.</summary>
    internal async Task<string> GetKubeletRuntimeAsync(string name, CancellationToken ct) =>
        (await CallAsync(HttpMethod.Get, $"/api/v1/nodes/{Uri.EscapeDataString(name)}", null, ClusterJson.Default.NodeObject, ct).ConfigureAwait(false)).Status.NodeInfo.ContainerRuntimeVersion;

    /// <summary>Whether the bearer of a token may read a path that belongs to no resource, such as <c>/metrics</c>.</summary>
    /// <exception cref="OcidException">Unavailable, PermissionDenied: the API server cannot be asked.</exception>
    public async Task<bool> MayReadAsync(string token, string path, CancellationToken ct)
    {
        var review = new TokenReview { Spec = new TokenReview.TokenReviewSpec { Token = token } };
        var known = await CallAsync(HttpMethod.Post, "/apis/authentication.k8s.io/v1/tokenreviews", Json(review, ClusterJson.Default.TokenReview), ClusterJson.Default.TokenReview, ct).ConfigureAwait(false);
        if (known.Status is not { Authenticated: true, User: { } user })
            return false;

        var access = new AccessReview
        {
            Spec = new AccessReview.AccessReviewSpec { User = user.Username, Uid = user.Uid, Groups = user.Groups, NonResourceAttributes = new AccessReview.PathAccess(path, "get") },
        };
        var answer = await CallAsync(HttpMethod.Post, "/apis/authorization.k8s.io/v1/subjectaccessreviews", Json(access, ClusterJson.Default.AccessReview), ClusterJson.Default.AccessReview, ct).ConfigureAwait(false);
        return answer.Status is { Allowed: true };
    }

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> json, string type = "application/json")
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, json));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private static string Selector(string name) => Uri.EscapeDataString($"metadata.name={name}");

    private async Task<T> CallAsync<T>(HttpMethod method, string address, HttpContent? content, JsonTypeInfo<T> json, CancellationToken ct)
        where T : class
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CallLimit);
        using var request = await RequestAsync(method, address, limit.Token).ConfigureAwait(false);
        request.Content = content;
        try
        {
            using var response = await SendAsync(request, limit.Token).ConfigureAwait(false);
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false), json) ?? throw new JsonException("null");
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new OcidException(ErrorKind.Unavailable, $"{method} {address}: no answer within {CallLimit.TotalSeconds:0} s", late);
        }
        catch (Exception broken) when (broken is JsonException or HttpRequestException or IOException)
        {
            throw new OcidException(ErrorKind.Unavailable, $"{method} {address}: {broken.Message}", broken);
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string address, CancellationToken ct)
    {
        var request = new HttpRequestMessage(method, address);
        if (_address.TokenFile is { } file)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(file, ct).ConfigureAwait(false)).Trim());
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw new OcidException(ErrorKind.Unavailable, $"{request.Method} {request.RequestUri?.PathAndQuery}: {failure.Message}", failure);
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new OcidException(KindOf(response.StatusCode), $"{request.Method} {request.RequestUri?.PathAndQuery}: {(int)response.StatusCode}: {await ReasonAsync(response, ct).ConfigureAwait(false)}");
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false), ClusterJson.Default.ClusterStatus)?.Message ?? response.ReasonPhrase ?? "";
        }
        catch (JsonException)
        {
            return response.ReasonPhrase ?? "";
        }
    }

    private static ErrorKind KindOf(HttpStatusCode code) => code switch
    {
        HttpStatusCode.NotFound => ErrorKind.NotFound,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ErrorKind.PermissionDenied,
        HttpStatusCode.Gone => ErrorKind.Aborted,
        HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => ErrorKind.InvalidArgument,
        _ => ErrorKind.Unavailable,
    };

    // A watch that breaks off has ended: the caller lists again.
    private static async Task<string?> ReadLineAsync(StreamReader lines, CancellationToken ct)
    {
        try
        {
            return await lines.ReadLineAsync(ct).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static WatchEvent Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ClusterJson.Default.WatchEvent) ?? throw new JsonException("null");
        }
        catch (JsonException broken)
        {
            throw new OcidException(ErrorKind.Unavailable, $"watch: {broken.Message}", broken);
        }
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
            return policy;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"{file}: {failure.Message}", failure);
        }
    }
}
