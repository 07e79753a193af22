using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring.Protocol;

// An exit on the wire and in exit.json.
internal sealed record ExitState
{
    public const int UnknownCode = 255;

    public int Version { get; init; } = 1;

    public required string Id { get; init; }

    public int Code { get; init; }

    public int Signal { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    public ulong OomKills { get; init; }

    /// <summary>The status was lost, <see cref="Code"/> is made up.</summary>
    public bool Unknown { get; init; }

    /// <param name="id">The container, or what runs in it.</param>
    /// <param name="status">Null when nobody can tell.</param>
    /// <param name="finishedAt">When.</param>
    public static ExitState Of(string id, ExitStatus? status, DateTimeOffset finishedAt) => new()
    {
        Id = id,
        Code = status?.Code ?? UnknownCode,
        Signal = status?.Signal ?? 0,
        FinishedAt = finishedAt,
        Unknown = status is null,
    };

    public ContainerExit ToExit() => new(ContainerId.Parse(Id), Code, Signal == 0 ? null : Signal, FinishedAt, !Unknown, OomKills);
}
