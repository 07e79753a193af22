namespace Ocid.Images.Signatures.Sigstore;

/// <summary>Signs as cosign does.</summary>
internal sealed class SigstoreSigningKey(SigstorePrivateKey key) : SigningKey
{
    public override Task<ImageSignature> SignAsync(SignedPayload payload, DateTimeOffset now, CancellationToken ct)
    {
        var json = payload.ToJson(SignedPayload.SigstoreType, now);
        var annotations = new Dictionary<string, string> { [SigstoreSignature.SignatureAnnotation] = Convert.ToBase64String(key.Sign(json)) };
        return Task.FromResult<ImageSignature>(new SigstoreSignature(SigstoreSignature.SimpleSigningType, json, annotations));
    }

    public override ValueTask DisposeAsync()
    {
        key.Dispose();
        return ValueTask.CompletedTask;
    }
}
