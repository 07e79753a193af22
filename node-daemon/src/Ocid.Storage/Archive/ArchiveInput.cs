using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The bytes of an archive in pieces as they are asked for, counted and capped.</summary>
/// <param name="next">Gives the next of the pieces that they come in, empty at the end.</param>
/// <param name="limit">The most bytes in all.</param>
internal sealed class ArchiveInput(Func<ReadOnlyMemory<byte>> next, long limit)
{
    private ReadOnlyMemory<byte> _piece;

    /// <summary>How many bytes have come in.</summary>
    public long Length { get; private set; }

    /// <summary>The next bytes, at least one unless the archive is at its end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(long most)
    {
        if (_piece.IsEmpty)
            Fill();

        var taken = _piece.Span[..(int)Math.Min(most, _piece.Length)];
        _piece = _piece[taken.Length..];
        return taken;
    }

    /// <summary>Fills the destination, or as much of it as there is left; returns how much.</summary>
    public int Read(Span<byte> destination)
    {
        var length = 0;
        while (length < destination.Length && Take(destination.Length - length) is { IsEmpty: false } piece)
        {
            piece.CopyTo(destination[length..]);
            length += piece.Length;
        }

        return length;
    }

    private void Fill()
    {
        _piece = next();
        Length += _piece.Length;
        if (Length > limit)
            throw new OcidException(ErrorKind.ResourceExhausted, $"layer archive: expands to more than {limit} bytes");
    }
}
