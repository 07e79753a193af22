using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ocid.Primitives;

/// <summary>The id of a pod sandbox: 64 lower-case hexadecimal digits, safe as a file name.</summary>
public sealed record PodSandboxId
{
    private PodSandboxId(string value) => Value = value;

    /// <summary>The 64 digits.</summary>
    public string Value { get; }

    /// <summary>A new random id.</summary>
    public static PodSandboxId New() => new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <summary>Reads a whole id.</summary>
    /// <exception cref="OcidException">InvalidArgument: not 64 lower-case hexadecimal digits.</exception>
    public static PodSandboxId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new OcidException(ErrorKind.InvalidArgument, $"pod sandbox id {Quoted.Text(text)}: want 64 lower-case hexadecimal digits");

    /// <summary>Reads a whole id; false when it is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PodSandboxId? id)
    {
        id = HexId.IsValid(text) ? new PodSandboxId(text) : null;
        return id is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
