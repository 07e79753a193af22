namespace Ocid.Spec.Schema;

/// <summary>The five capability sets, names as CAP_CHOWN.</summary>
public sealed record ProcessCapabilities
{
    /// <summary>What can ever be gained.</summary>
    public IReadOnlyList<string>? Bounding { get; init; }

    /// <summary>What counts in checks.</summary>
    public IReadOnlyList<string>? Effective { get; init; }

    /// <summary>What is kept over execve of a file that names it.</summary>
    public IReadOnlyList<string>? Inheritable { get; init; }

    /// <summary>What may be made effective.</summary>
    public IReadOnlyList<string>? Permitted { get; init; }

    /// <summary>What is kept over execve without file capabilities.</summary>
    public IReadOnlyList<string>? Ambient { get; init; }
}
