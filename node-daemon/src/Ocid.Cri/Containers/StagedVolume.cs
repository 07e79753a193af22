namespace Ocid.Cri.Containers;

/// <summary>A mount of a request that was made on the host.</summary>
/// <param name="Index">Which of the request's mounts.</param>
/// <param name="Source">What the runtime binds.</param>
/// <param name="ImageId">The image's id, where it is one.</param>
internal sealed record StagedVolume(int Index, string Source, string? ImageId);
