using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;
using Ocid.Cluster.Metrics;

namespace Ocid.Cluster.Api;

/// <summary>The API server's objects, of any kind.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/</remarks>
public sealed partial class ClusterClient
{
    private const int PageSize = 500;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(60);

    private readonly ApiConnection _connection;

    /// <param name="connection">Where the API server is, and who asks.</param>
    /// <param name="time">The clock of time-outs and waits; null takes the system's.</param>
    /// <param name="metrics">Counts requests.</param>
    public ClusterClient(Kubernetes connection, TimeProvider? time = null, ClusterMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = new ApiConnection(connection, time ?? TimeProvider.System, metrics);
    }

    /// <summary>An object; null where there is none.</summary>
    /// <exception cref="ApiException">The server did not answer, or refused.</exception>
    public async Task<T?> GetAsync<T>(Resource<T> resource, Key key, CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        try
        {
            return await CallAsync(new ApiRequest(HttpMethod.Get, resource.Object(key)), resource.Json, ct);
        }
        catch (ApiException absent) when (absent.Failure is ApiFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>All objects within a scope, asked for page by page.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="scope">Which of its objects.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="trim">What is kept of each, while the next page is not there yet.</param>
    /// <exception cref="ApiException">The server did not answer, or refused.</exception>
    public async Task<ObjectList<T>> ListAsync<T>(Resource<T> resource, Scope scope, CancellationToken ct, Func<T, T>? trim = null)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(scope);
        try
        {
            return await PagesAsync(resource, scope, PageSize, trim, ct);
        }
        catch (ApiException old) when (old.Failure is ApiFailure.Gone)
        {
            // The pages took longer than the server remembers: all at once cannot.
            return await PagesAsync(resource, scope, 0, trim, ct);
        }
    }

    /// <summary>Makes an object.</summary>
    /// <returns>The object as the server has it.</returns>
    /// <exception cref="ApiException">AlreadyExists, or another.</exception>
    public Task<T> CreateAsync<T>(Resource<T> resource, T value, CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(value);
        return CallAsync(new ApiRequest(HttpMethod.Post, resource.Collection(value.Metadata.NamespaceProperty), Body(resource, value)), resource.Json, ct);
    }

    /// <summary>Writes a whole object; what the type does not know is lost, so that it is for what belongs to the caller alone.</summary>
    /// <returns>The object as the server has it.</returns>
    /// <exception cref="ApiException">Conflict: it is another than the value's resourceVersion says; or another.</exception>
    public Task<T> ReplaceAsync<T>(Resource<T> resource, T value, CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(value);
        return CallAsync(new ApiRequest(HttpMethod.Put, resource.Object(Key.Of(value.Metadata)), Body(resource, value)), resource.Json, ct);
    }

    /// <summary>Merges a patch into an object: a null takes a member away, a list is written whole.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="key">The object.</param>
    /// <param name="patch">What is to be otherwise; with <c>metadata.resourceVersion</c> in it, a change since then is a conflict.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="status">Whether the status is written, and nothing else.</param>
    /// <returns>The object as the server has it.</returns>
    /// <exception cref="ApiException">NotFound, Conflict, or another.</exception>
    public Task<T> MergePatchAsync<T>(Resource<T> resource, Key key, JsonObject patch, CancellationToken ct, bool status = false)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(patch);
        var body = Encoding.UTF8.GetBytes(patch.ToJsonString());
        return CallAsync(new ApiRequest(HttpMethod.Patch, resource.Object(key) + (status ? "/status" : ""), body, "application/merge-patch+json"), resource.Json, ct);
    }

    /// <summary>Deletes an object. One with finalizers is there until they are gone.</summary>
    /// <returns>False where there was none.</returns>
    /// <exception cref="ApiException">Conflict: it is not what the preconditions say; or another.</exception>
    public async Task<bool> DeleteAsync<T>(Resource<T> resource, Key key, CancellationToken ct, Preconditions? preconditions = null)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        var body = JsonSerializer.SerializeToUtf8Bytes(new DeleteOptions { Preconditions = preconditions }, ClusterJson.Default.DeleteOptions);
        try
        {
            await CallAsync(new ApiRequest(HttpMethod.Delete, resource.Object(key), body), (_, _) => ValueTask.FromResult(true), ct);
            return true;
        }
        catch (ApiException absent) when (absent.Failure is ApiFailure.NotFound)
        {
            return false;
        }
    }

    private async Task<ObjectList<T>> PagesAsync<T>(Resource<T> resource, Scope scope, int limit, Func<T, T>? trim, CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        var all = new List<T>();
        var next = (string?)null;
        while (true)
        {
            var address = new StringBuilder(resource.Collection(scope.Namespace)).Append(CultureInfo.InvariantCulture, $"?limit={limit}");
            scope.Query(address);
            if (next is not null)
                address.Append("&continue=").Append(Uri.EscapeDataString(next));
            var page = await CallAsync(new ApiRequest(HttpMethod.Get, address.ToString()), resource.ListJson, ct);
            var items = page.Items ?? [];
            all.AddRange(trim is null ? items : items.Select(trim));
            next = page.Metadata.Continue;
            if (string.IsNullOrEmpty(next))
                return new ObjectList<T> { Metadata = page.Metadata, Items = all };
        }
    }

    private Task<TAnswer> CallAsync<TAnswer>(ApiRequest request, JsonTypeInfo<TAnswer> json, CancellationToken ct)
        where TAnswer : class =>
        CallAsync(request, async (body, limit) => await JsonSerializer.DeserializeAsync(body, json, limit) ?? throw new JsonException("null"), ct);

    private async Task<TAnswer> CallAsync<TAnswer>(ApiRequest request, Func<Stream, CancellationToken, ValueTask<TAnswer>> read, CancellationToken ct)
    {
        using var limit = new TimeLimit(_connection.Time, CallLimit, ct);
        try
        {
            using var response = await _connection.SendAsync(request, limit.Token);
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            return await read(body, limit.Token);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new ApiException(ApiFailure.Unavailable, $"{request}: no answer within {CallLimit.TotalSeconds:0} s", inner: late);
        }
        catch (Exception broken) when (broken is JsonException or HttpRequestException or IOException)
        {
            throw new ApiException(ApiFailure.Unavailable, $"{request}: {broken.Message}", inner: broken);
        }
    }

    private static byte[] Body<T>(Resource<T> resource, T value)
        where T : class, IMetadata<V1ObjectMeta>
    {
        var node = JsonSerializer.SerializeToNode(value, resource.Json)!.AsObject();
        node["apiVersion"] = resource.ApiVersion;
        node["kind"] = resource.Kind;
        return Encoding.UTF8.GetBytes(node.ToJsonString());
    }
}
