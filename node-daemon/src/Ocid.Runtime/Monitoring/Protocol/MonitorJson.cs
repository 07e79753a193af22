using System.Text.Json.Serialization;

namespace Ocid.Runtime.Monitoring.Protocol;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(ExitState))]
[JsonSerializable(typeof(UpgradeState))]
internal sealed partial class MonitorJson : JsonSerializerContext;
