using System.Text.Json.Serialization;

namespace Ocid.Images.Signatures.Sigstore;

/// <summary>The JSON within an encrypted private key's PEM.</summary>
internal sealed record EncryptedKeyWire
{
    public required KdfWire Kdf { get; init; }

    public required CipherWire Cipher { get; init; }

    public required byte[] Ciphertext { get; init; }

    internal sealed record KdfWire
    {
        public required string Name { get; init; }

        public required ScryptWire Params { get; init; }

        public required byte[] Salt { get; init; }
    }

    internal sealed record ScryptWire
    {
        [JsonPropertyName("N")]
        public required int Cost { get; init; }

        [JsonPropertyName("r")]
        public required int BlockSize { get; init; }

        [JsonPropertyName("p")]
        public required int Parallelization { get; init; }
    }

    internal sealed record CipherWire
    {
        public required string Name { get; init; }

        public required byte[] Nonce { get; init; }
    }
}
