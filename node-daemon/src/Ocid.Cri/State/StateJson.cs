using System.Text.Json.Serialization;
using Ocid.Cri.Containers;
using Ocid.Cri.Pods;

namespace Ocid.Cri.State;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PodSandboxSpec))]
[JsonSerializable(typeof(PodSandboxStatus))]
[JsonSerializable(typeof(ContainerSpec))]
[JsonSerializable(typeof(ContainerStatus))]
internal sealed partial class StateJson : JsonSerializerContext;
