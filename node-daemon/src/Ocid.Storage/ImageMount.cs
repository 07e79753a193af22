using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>An image that is mounted to be looked at. It is a container record, so that no program removes the image unless it is forced to.</summary>
/// <param name="Id">The container.</param>
/// <param name="ImageId">The image.</param>
/// <param name="Path">Where its files are seen.</param>
/// <param name="Writable">What is written is kept until it is unmounted.</param>
/// <param name="Mounted">False after a reboot: the record is left, and mounting the same again takes it up.</param>
public sealed record ImageMount(ContainerId Id, string ImageId, string Path, bool Writable, bool Mounted);
