namespace Ocid.Operator.Merging;

/// <summary>A public key, or a ring of them: one of the two is set.</summary>
/// <param name="Data">The key itself.</param>
/// <param name="Reference">Where it is.</param>
internal sealed record SigningKey(string? Data, ContentReference? Reference);
