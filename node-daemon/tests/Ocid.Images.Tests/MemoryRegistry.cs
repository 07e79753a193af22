using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Text;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Tests;

/// <summary>A registry in memory that counts what is fetched of each blob, also in ranges, and can be made to wait.</summary>
internal sealed class MemoryRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> _content = new();
    private readonly ConcurrentDictionary<string, int> _fetched = new();
    private readonly ConcurrentDictionary<string, long> _sent = new();
    private readonly ScriptedRegistry _server;
    private readonly CancellationTokenSource _closing = new();

    public MemoryRegistry() => _server = new ScriptedRegistry(AnswerAsync);

    public string Host => _server.Host;

    /// <summary>Runs before each answer with a blob's content.</summary>
    public Func<Digest, Task> BeforeBlob { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs before each piece of a blob, with where in the blob it begins.</summary>
    public Func<Digest, long, Task> WithinBlob { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The ranges that were asked for, with their blob: <c>bytes=5-9</c>.</summary>
    public ConcurrentQueue<string> Ranges { get; } = new();

    /// <summary>How many bytes of a blob were sent.</summary>
    public long Sent(Digest blob) => _sent.GetValueOrDefault($"/blobs/{blob}");

    public int Fetched(Digest blob) => _fetched.GetValueOrDefault($"/blobs/{blob}");

    /// <summary>A layer with one file.</summary>
    public static Layer MakeLayer(string file, byte[] content, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file) { DataStream = new MemoryStream(content), ModificationTime = DateTimeOffset.UnixEpoch });
        using var blob = new MemoryStream();
        using (var gzip = new GZipStream(blob, level, leaveOpen: true))
            gzip.Write(archive.ToArray());
        return new Layer(blob.ToArray(), Digest.Sha256(archive.ToArray()));
    }

    /// <summary>Adds an image and returns its reference.</summary>
    public string Add(string name, params Layer[] layers)
    {
        foreach (var layer in layers)
            _content[$"/blobs/{layer.Digest}"] = (layer.Blob, "application/octet-stream");
        var config = Encoding.UTF8.GetBytes($$"""
            {"os":"linux","architecture":"{{Platform.Host.Architecture}}","rootfs":{"type":"layers","diff_ids":[{{string.Join(',', layers.Select(l => $"\"{l.DiffId}\""))}}]},"config":{"Labels":{"name":"{{name}}"} } }
            """);
        _content[$"/blobs/{Digest.Sha256(config)}"] = (config, MediaTypes.OciConfig);
        var manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciManifest}}","config":{"mediaType":"{{MediaTypes.OciConfig}}","digest":"{{Digest.Sha256(config)}}","size":{{config.Length}}},
             "layers":[{{string.Join(',', layers.Select(l => $"{{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"{l.Digest}\",\"size\":{l.Blob.Length}}}"))}}]}
            """);
        _content[$"/{name}/manifests/latest"] = _content[$"/{name}/manifests/{Digest.Sha256(manifest)}"] = (manifest, MediaTypes.OciManifest);
        return $"{Host}/{name}:latest";
    }

    /// <summary>What waits, as a registry that hangs does, ends with this.</summary>
    public CancellationToken Closing => _closing.Token;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _server.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath["/v2".Length..];
        var blob = path.IndexOf("/blobs/", StringComparison.Ordinal);
        if (blob >= 0)
        {
            path = path[blob..];
            _fetched.AddOrUpdate(path, 1, (_, count) => count + 1);
            try
            {
                await BeforeBlob(Digest.Parse(path["/blobs/".Length..]));
            }
            catch (OperationCanceledException)
            {
                context.Response.Abort();
                return;
            }
        }

        if (_content.TryGetValue(path, out var found) && blob >= 0)
            await SendBlobAsync(context, path, found.Content);
        else if (_content.TryGetValue(path, out found))
            await ScriptedRegistry.SendAsync(context, found.Content, found.Type);
        else
            await ScriptedRegistry.SendAsync(context, [], status: HttpStatusCode.NotFound);
    }

    private async Task SendBlobAsync(HttpListenerContext context, string path, byte[] content)
    {
        var (from, to) = (0, content.Length - 1);
        if (context.Request.Headers["Range"] is { } asked)
        {
            Ranges.Enqueue(asked);
            var ends = asked["bytes=".Length..].Split('-');
            (from, to) = (int.Parse(ends[0]), ends[1].Length > 0 ? int.Parse(ends[1]) : to);
            context.Response.StatusCode = (int)HttpStatusCode.PartialContent;
            context.Response.AddHeader("Content-Range", $"bytes {from}-{to}/{content.Length}");
        }

        context.Response.ContentLength64 = to - from + 1;
        try
        {
            for (var at = from; at <= to; at += 65536)
            {
                await WithinBlob(Digest.Parse(path["/blobs/".Length..]), at);
                var piece = content.AsMemory(at, Math.Min(65536, to - at + 1));
                _sent.AddOrUpdate(path, piece.Length, (_, sent) => sent + piece.Length);
                await context.Response.OutputStream.WriteAsync(piece);
                await context.Response.OutputStream.FlushAsync();
            }

            context.Response.Close();
        }
        catch (OperationCanceledException)
        {
            context.Response.Abort();
        }
    }

    internal sealed record Layer(byte[] Blob, Digest DiffId)
    {
        public Digest Digest { get; } = Digest.Sha256(Blob);
    }
}
