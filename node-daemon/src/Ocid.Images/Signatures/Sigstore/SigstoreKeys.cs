using Ocid.Primitives;

namespace Ocid.Images.Signatures.Sigstore;

/// <summary>Some public keys, any of which may have signed.</summary>
internal sealed class SigstoreKeys : IDisposable
{
    private readonly List<SigstorePublicKey> _keys = [];

    /// <param name="pems">One key each.</param>
    /// <exception cref="OcidException">FailedPrecondition: one is no key that signs; all are read before any is used, so that a spare key is found broken before it is needed.</exception>
    public static SigstoreKeys Parse(IEnumerable<byte[]> pems)
    {
        var keys = new SigstoreKeys();
        try
        {
            foreach (var pem in pems)
                keys._keys.Add(SigstorePublicKey.Parse(pem));
            return keys;
        }
        catch
        {
            keys.Dispose();
            throw;
        }
    }

    /// <exception cref="SignatureException">None of the keys signed this payload.</exception>
    public void Verify(SigstoreSignature signature)
    {
        if (!signature.Annotations.TryGetValue(SigstoreSignature.SignatureAnnotation, out var text))
            throw new SignatureException($"the attachment has no annotation {SigstoreSignature.SignatureAnnotation}");

        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(text);
        }
        catch (FormatException malformed)
        {
            throw new SignatureException($"the annotation {SigstoreSignature.SignatureAnnotation} is no base64", malformed);
        }

        if (!_keys.Exists(key => key.Verify(signature.Payload, bytes)))
            throw new SignatureException(_keys.Count == 1 ? "the key did not sign it" : $"none of the {_keys.Count} keys signed it");
    }

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}
