namespace Ocid.Spec.Schema;

/// <summary>One program to run.</summary>
public sealed record SpecHook
{
    /// <summary>Absolute path in the runtime's mount namespace.</summary>
    public required string Path { get; init; }

    /// <summary>Arguments, the program's name first.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Environment, each NAME=value.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Seconds until it is ended.</summary>
    public int? Timeout { get; init; }
}
