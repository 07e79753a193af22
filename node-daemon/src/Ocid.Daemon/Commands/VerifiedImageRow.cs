namespace Ocid.Daemon.Commands;

/// <summary>One image of <c>ocid image verify --output json</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Names">Its names.</param>
/// <param name="Containers">The containers that use it.</param>
/// <param name="Sound">Nothing differs, and nothing that was asked for could not be found out.</param>
/// <param name="Findings">Everything that was looked at.</param>
internal sealed record VerifiedImageRow(string Id, IReadOnlyList<string> Names, IReadOnlyList<string> Containers, bool Sound, IReadOnlyList<FindingRow> Findings);
