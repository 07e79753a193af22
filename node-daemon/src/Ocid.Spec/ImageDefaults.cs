namespace Ocid.Spec;

/// <summary>What an image's configuration says about running it.</summary>
public sealed record ImageDefaults
{
    /// <summary>Environment, each NAME=value.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>The program and its first arguments.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>Arguments to the entry point, or program and arguments where there is none.</summary>
    public IReadOnlyList<string> Cmd { get; init; } = [];

    /// <summary>Working directory.</summary>
    public string? WorkingDirectory { get; init; }
}
