using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace Ocid.Cluster.Api;

/// <summary>Reads the lines of a watch, each an event as JSON.</summary>
internal sealed class WatchLines<T>(ApiRequest request, Stream body, JsonTypeInfo<T> json) : IAsyncDisposable
    where T : class, IMetadata<V1ObjectMeta>
{
    // Objects have at most 1.5 MiB in etcd.
    private const int LongestLine = 8 << 20;

    private readonly PipeReader _lines = PipeReader.Create(body);

    /// <summary>The next event; null at the end.</summary>
    public async ValueTask<WatchEvent<T>?> NextAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var read = await _lines.ReadAsync(ct);
                var buffer = read.Buffer;
                if (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var seen = Parse(buffer.Slice(0, end));
                    _lines.AdvanceTo(buffer.GetPosition(1, end));
                    return seen;
                }

                if (read.IsCompleted)
                    return null;
                if (buffer.Length > LongestLine)
                    throw new JsonException($"an event of more than {LongestLine} bytes");
                _lines.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (Exception broken) when (broken is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            throw new ApiException(ApiFailure.Unavailable, $"{request}: watch: {broken.Message}", inner: broken);
        }
    }

    public ValueTask DisposeAsync() => _lines.CompleteAsync();

    private WatchEvent<T> Parse(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        Members(ref reader, out var type, out var value);
        return type switch
        {
            "ADDED" => Changed(WatchEventKind.Added, ref value),
            "MODIFIED" => Changed(WatchEventKind.Modified, ref value),
            "DELETED" => Changed(WatchEventKind.Deleted, ref value),
            "BOOKMARK" => new WatchEvent<T>(WatchEventKind.Bookmark, null, Read(ref value, ClusterJson.Default.BookmarkObject).Metadata.ResourceVersion),
            "ERROR" => throw Failure(Read(ref value, ClusterJson.Default.ApiStatus)),
            _ => throw new JsonException($"an event of type {type}"),
        };
    }

    private WatchEvent<T> Changed(WatchEventKind kind, ref Utf8JsonReader value)
    {
        var changed = Read(ref value, json);
        return new WatchEvent<T>(kind, changed, changed.Metadata.ResourceVersion ?? throw new JsonException("an object without resourceVersion"));
    }

    private ApiException Failure(ApiStatus status) =>
        new(ApiStatus.FailureOf((HttpStatusCode)status.Code, status.Reason), $"{request}: watch: {status.Message ?? status.Reason}");

    // The object may come before the type that says what it is.
    private static void Members(ref Utf8JsonReader reader, out string? type, out Utf8JsonReader value)
    {
        type = null;
        value = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
                type = reader.GetString();
            else if (isObject)
                value = reader;
            reader.Skip();
        }
    }

    private static TValue Read<TValue>(ref Utf8JsonReader value, JsonTypeInfo<TValue> json)
        where TValue : class =>
        JsonSerializer.Deserialize(ref value, json) ?? throw new JsonException("an event without object");
}
