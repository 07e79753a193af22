namespace Ocid.Daemon.Commands;

/// <summary>What the help of a verb says beneath its options.</summary>
/// <param name="Examples">One command line each.</param>
/// <param name="Notes">What a person has to know before; may be empty.</param>
internal sealed record VerbHelp(string Examples, string Notes);
