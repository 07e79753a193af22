using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>The list of a repository's tags, a page at a time: each names the address of the next.</summary>
internal sealed class TagPages(RegistryEndpoint endpoint, ImageReference repository)
{
    // No repository has ten million tags; a registry whose pages go in circles must not hold us for ever.
    private const int MostPages = 10_000;

    private Uri? _next = new("tags/list?n=1000", UriKind.Relative);
    private int _pages;

    /// <summary>The next page; null after the last.</summary>
    public async Task<IReadOnlyList<string>?> NextAsync(CancellationToken ct)
    {
        if (_next is null)
            return null;

        var request = new RegistryRequest(HttpMethod.Get, _next, $"tags of {repository.Name}");
        using var answer = await endpoint.SendAsync(request, ct);
        var body = await CappedBody.ReadAsync(answer, CappedBody.DocumentLimit, request.What, ct);
        var next = NextAddress(answer);
        if (next is not null && (next == _next || ++_pages >= MostPages))
            throw new OcidException(ErrorKind.DataLoss, $"{request.What}: the pages do not end");
        _next = next;
        return Read(request.What, body);
    }

    private static List<string> Read(string what, byte[] body)
    {
        try
        {
            // Null for a repository without tags, as some registries write it.
            return [.. JsonSerializer.Deserialize(body, RegistryJson.Default.TagList)?.Tags ?? []];
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"{what}: {malformed.Message}", malformed);
        }
    }

    // Link: </v2/app/tags/list?last=x&n=1000>; rel="next"
    private static Uri? NextAddress(HttpResponseMessage answer)
    {
        foreach (var link in answer.Headers.TryGetValues("Link", out var links) ? links : [])
        {
            var end = link.IndexOf('>', StringComparison.Ordinal);
            if (link.StartsWith('<') && end > 0 && link[end..].Contains("next", StringComparison.OrdinalIgnoreCase))
                return new Uri(answer.RequestMessage!.RequestUri!, link[1..end]);
        }

        return null;
    }
}
