using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>What an upload sent.</summary>
internal sealed record UploadedBlob(Digest Digest, long Size);
