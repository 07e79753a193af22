using System.Text.Json.Serialization;
using Ocid.Networking.Plugins;
using Ocid.Networking.Records;

namespace Ocid.Networking;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AttachmentRecord))]
[JsonSerializable(typeof(PluginError))]
[JsonSerializable(typeof(PodBandwidth))]
[JsonSerializable(typeof(PodDns))]
[JsonSerializable(typeof(List<PortMapping>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class NetworkJson : JsonSerializerContext;
