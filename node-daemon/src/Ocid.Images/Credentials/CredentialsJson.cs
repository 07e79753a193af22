using System.Text.Json.Serialization;

namespace Ocid.Images.Credentials;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(AuthFileWire))]
[JsonSerializable(typeof(Dictionary<string, AuthFileWire.Entry>))]
[JsonSerializable(typeof(HelperAnswer))]
[JsonSerializable(typeof(HelperEntry))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
