using System.Text.Json.Serialization;
using Ocid.Agent.Applying;
using Ocid.Agent.Journals;
using Ocid.Agent.Services;
using Ocid.Agent.Staging;

namespace Ocid.Agent;

/// <summary>The small files of the agent's state.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(NodeState))]
[JsonSerializable(typeof(ApplyingRecord))]
[JsonSerializable(typeof(StagedRecord))]
[JsonSerializable(typeof(ProcessRecord))]
internal sealed partial class AgentJson : JsonSerializerContext;
