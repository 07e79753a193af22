using System.Buffers.Text;
using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Streaming;

/// <summary>The offers that nobody has come for yet, by token. Each is taken once; what is old is thrown away when another is added.</summary>
internal sealed class OfferBook(TimeSpan lifetime, TimeProvider time)
{
    // The kubelet comes for each at once.
    private const int MostOpen = 1000;
    private const int TokenBytes = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (StreamingOffer Offer, long Added)> _open = new(StringComparer.Ordinal);

    /// <summary>Keeps an offer and returns its token, which cannot be guessed.</summary>
    /// <exception cref="OcidException">ResourceExhausted: too many wait.</exception>
    public string Add(StreamingOffer offer)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        lock (_gate)
        {
            foreach (var (old, _) in _open.Where(entry => IsOld(entry.Value.Added)).ToList())
                _open.Remove(old);
            if (_open.Count >= MostOpen)
                throw new OcidException(ErrorKind.ResourceExhausted, $"streaming: {MostOpen} URLs were given out that nobody has used yet");
            _open.Add(token, (offer, time.GetTimestamp()));
        }

        return token;
    }

    /// <summary>Takes an offer away; null when there is none of that verb and token, or it is too old.</summary>
    public StreamingOffer? Take(string verb, string token)
    {
        lock (_gate)
        {
            return _open.Remove(token, out var entry) && entry.Offer.Verb == verb && !IsOld(entry.Added) ? entry.Offer : null;
        }
    }

    private bool IsOld(long added) => time.GetElapsedTime(added) > lifetime;
}
