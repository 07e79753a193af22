namespace Ocid.Operator.Commands;

/// <summary>What <c>ocid-operator</c> exits with.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Something cannot be read, or a node would keep what it has.</summary>
    public const int Failed = 1;
    public const int Usage = 2;
}
