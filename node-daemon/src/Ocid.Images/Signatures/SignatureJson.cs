using System.Text.Json.Serialization;
using Ocid.Images.Signatures.Sigstore;

namespace Ocid.Images.Signatures;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SigstoreWire))]
[JsonSerializable(typeof(SignatureList))]
[JsonSerializable(typeof(EncryptedKeyWire))]
internal sealed partial class SignatureJson : JsonSerializerContext;
