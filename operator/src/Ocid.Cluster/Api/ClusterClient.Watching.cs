using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using k8s.Models;

namespace Ocid.Cluster.Api;

/// <summary>Watching.</summary>
public sealed partial class ClusterClient
{
    // The server sends a bookmark about every minute: where nothing comes for longer, the connection is dead, and nobody else says so.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(150);
    private static readonly (int From, int To) WatchSeconds = (300, 600);

    /// <summary>What happens to the objects within a scope, until the server ends the watch or is silent for too long: then the caller watches again from the last version.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="scope">Which of its objects.</param>
    /// <param name="version">After which version: a list's, or the last that a watch gave.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="ApiException">Gone: the version is too old, list again. Unavailable: the connection broke; or another.</exception>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(Resource<T> resource, Scope scope, string version, [EnumeratorCancellation] CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(scope);
        var request = new ApiRequest(HttpMethod.Get, WatchAddress(resource, scope, version));
        using var silence = new TimeLimit(_connection.Time, Silence, ct);
        using var response = await AnswerAsync(request, silence, ct);
        if (response is null)
            yield break;

        var lines = new WatchLines<T>(request, await response.Content.ReadAsStreamAsync(silence.Token), resource.Json);
        await using (lines)
        {
            while (await NextAsync(lines, silence, ct) is { } seen)
            {
                silence.Renew();
                yield return seen;
            }
        }
    }

    private async Task<HttpResponseMessage?> AnswerAsync(ApiRequest request, TimeLimit silence, CancellationToken ct)
    {
        try
        {
            return await _connection.SendAsync(request, silence.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async ValueTask<WatchEvent<T>?> NextAsync<T>(WatchLines<T> lines, TimeLimit silence, CancellationToken ct)
        where T : class, IMetadata<V1ObjectMeta>
    {
        try
        {
            return await lines.NextAsync(silence.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    // Each watch has a length of its own, so that not all begin anew at one time.
    private static string WatchAddress<T>(Resource<T> resource, Scope scope, string version)
        where T : class, IMetadata<V1ObjectMeta>
    {
        var seconds = Random.Shared.Next(WatchSeconds.From, WatchSeconds.To);
        var address = new StringBuilder(resource.Collection(scope.Namespace))
            .Append(CultureInfo.InvariantCulture, $"?watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={Uri.EscapeDataString(version)}");
        scope.Query(address);
        return address.ToString();
    }
}
