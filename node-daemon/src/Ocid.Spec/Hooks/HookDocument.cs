using System.Text.Json.Serialization;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Hooks;

// One file of a hooks directory, version 1.0.0. A condition that is not known is refused: a hook may be there for safety.
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HookDocument
{
    public string? Version { get; init; }

    public SpecHook? Hook { get; init; }

    public Conditions? When { get; init; }

    public IReadOnlyList<string>? Stages { get; init; }

    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    internal sealed record Conditions
    {
        public bool? Always { get; init; }

        public IReadOnlyDictionary<string, string>? Annotations { get; init; }

        public IReadOnlyList<string>? Commands { get; init; }

        public bool? HasBindMounts { get; init; }
    }
}
