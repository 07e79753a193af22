using Ocid.Linux.Namespaces;

namespace Ocid.Storage.Drivers;

/// <summary>How a layer is made visible.</summary>
/// <param name="ReadOnly">Nothing can be written to it.</param>
/// <param name="Volatile">What is written need not survive a crash of the machine.</param>
/// <param name="Users">The user namespace whose the files are; null for the host's own.</param>
/// <param name="Label">The SELinux label that all files show; null for their own.</param>
internal sealed record LayerMount(bool ReadOnly = false, bool Volatile = false, PinnedUserNamespace? Users = null, string? Label = null);
