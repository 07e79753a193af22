using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>The body of an upload: written once, hashed on its way.</summary>
internal sealed class BlobContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> _write;
    private readonly long? _length;
    private readonly AnswerLimit _limit;
    private readonly CancellationToken _ct;
    private readonly string _algorithm;
    private readonly IncrementalHash _hash; // read after the request, which disposes its content, has ended: left to the collector
    private ExceptionDispatchInfo? _ownFailure;
    private long _sent;
    private bool _networkFailed;

    public BlobContent(string? algorithm, Func<Stream, CancellationToken, Task> write, long? length, AnswerLimit limit, CancellationToken ct)
    {
        (_algorithm, _write, _length, _limit, _ct) = (algorithm ?? "sha256", write, length, limit, ct);
        _hash = IncrementalHash.CreateHash(_algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>What was sent.</summary>
    public UploadedBlob Finish() => new(Digest.Parse($"{_algorithm}:{Convert.ToHexStringLower(_hash.GetCurrentHash())}"), _sent);

    /// <summary>Throws what the writer failed with, where it was not the connection that broke: that would be no reason to try again.</summary>
    public void ThrowOwnFailure() => _ownFailure?.Throw();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_sent > 0)
            throw new InvalidOperationException("upload: a body that is streamed cannot be sent twice");

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ct);
        _limit.Stop();
        try
        {
            await using var counted = new Counted(this, stream);
            await _write(counted, both.Token);
        }
        catch (Exception failure) when (!_networkFailed && !both.IsCancellationRequested)
        {
            _ownFailure = ExceptionDispatchInfo.Capture(failure);
            throw;
        }

        _limit.Start();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length ?? 0;
        return _length is not null;
    }

    private async ValueTask SendAsync(Stream connection, ReadOnlyMemory<byte> part, CancellationToken ct)
    {
        _hash.AppendData(part.Span);
        _limit.Start();
        try
        {
            await connection.WriteAsync(part, ct);
        }
        catch
        {
            _networkFailed = true;
            throw;
        }

        _limit.Stop();
        _sent += part.Length;
    }

    /// <summary>What the writer writes to. It does not close the connection, and does not block a thread.</summary>
    private sealed class Counted(BlobContent owner, Stream connection) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => owner._sent;
            set => throw new NotSupportedException();
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => owner.SendAsync(connection, buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("upload: write asynchronously");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
