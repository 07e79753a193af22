namespace Ocid.Images.Policy;

/// <summary>What registries.d says about one scope; null where it says nothing.</summary>
/// <param name="Lookaside">Where signatures are read, and written where there is no staging.</param>
/// <param name="Staging">Where they are written, for somebody to publish.</param>
/// <param name="UseSigstoreAttachments">Whether they are in the registry as cosign puts them there.</param>
internal sealed record LookasideEntry(Uri? Lookaside, Uri? Staging, bool? UseSigstoreAttachments);
