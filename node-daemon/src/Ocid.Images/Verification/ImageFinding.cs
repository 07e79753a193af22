namespace Ocid.Images.Verification;

/// <summary>One thing that was found out about an image.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Result">How it came out.</param>
/// <param name="Subject">The name, or the digest of the layer, that this is about; empty for the image.</param>
/// <param name="Detail">What exactly, for people.</param>
/// <param name="Path">The file, where it is one of a layer's.</param>
public sealed record ImageFinding(ImageCheck Check, CheckResult Result, string Subject, string Detail, string? Path = null);
