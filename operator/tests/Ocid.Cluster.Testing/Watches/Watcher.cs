using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Ocid.Cluster.Testing.Objects;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Testing.Watches;

/// <summary>Answers a watch: what was written after its version, then what is written, and bookmarks.</summary>
internal sealed class Watcher(ObjectStore store, ApiAddress address, Selection selection, TimeSpan bookmarks)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var wantsBookmarks = query["allowWatchBookmarks"] == "true";
        var length = int.TryParse(query["timeoutSeconds"], CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Longest;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        end.CancelAfter(length);
        context.Response.ContentType = "application/json";
        try
        {
            var version = await BeginAsync(context.Response, query["resourceVersion"], end.Token);
            await context.Response.StartAsync(end.Token);
            while (true)
            {
                var (transitions, written) = store.After(version);
                foreach (var transition in transitions)
                    await TellAsync(context.Response, transition, end.Token);
                version += transitions.Count;
                await context.Response.Body.FlushAsync(end.Token);
                if (!await IsWrittenAsync(written, end.Token) && wantsBookmarks)
                    await BookmarkAsync(context.Response, version, end.Token);
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Its time is over: the answer ends.
        }
        catch (RefusalException gone)
        {
            await WriteAsync(context.Response, "ERROR", Encoding.UTF8.GetBytes(gone.ToStatus().ToJsonString()), context.RequestAborted);
        }
    }

    private async Task<bool> IsWrittenAsync(Task written, CancellationToken ct)
    {
        try
        {
            await written.WaitAsync(bookmarks, ct);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<long> BeginAsync(HttpResponse response, string? version, CancellationToken ct)
    {
        if (version is not (null or "" or "0"))
            return long.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : throw RefusalException.BadRequest($"resourceVersion: Invalid value: \"{version}\"");

        var (objects, now) = store.List(address.Kind);
        foreach (var stored in objects.Where(selection.Matches))
            await WriteAsync(response, "ADDED", stored.Utf8, ct);
        return now;
    }

    // What no longer matches is gone for whoever watches what matches.
    private Task TellAsync(HttpResponse response, Transition transition, CancellationToken ct) => (selection.Matches(transition.Before), selection.Matches(transition.After)) switch
    {
        (false, true) => WriteAsync(response, "ADDED", transition.After!.Utf8, ct),
        (true, true) => WriteAsync(response, "MODIFIED", transition.After!.Utf8, ct),
        (true, false) => WriteAsync(response, "DELETED", transition.Either.Utf8, ct),
        _ => Task.CompletedTask,
    };

    private async Task BookmarkAsync(HttpResponse response, long version, CancellationToken ct)
    {
        var bookmark = $$$"""{"kind":"{{{address.Kind.Kind}}}","apiVersion":"{{{address.Kind.ApiVersion}}}","metadata":{"resourceVersion":"{{{version}}}","creationTimestamp":null}}""";
        await WriteAsync(response, "BOOKMARK", Encoding.UTF8.GetBytes(bookmark), ct);
    }

    private static async Task WriteAsync(HttpResponse response, string type, byte[] json, CancellationToken ct)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"), ct);
        await response.Body.WriteAsync(json, ct);
        await response.Body.WriteAsync("}\n"u8.ToArray(), ct);
    }
}
