using System.Text.Json;

namespace Ocid.Spec.Cdi;

// One specification file, as far as it is read.
internal sealed record CdiDocument
{
    public string? CdiVersion { get; init; }

    public string? Kind { get; init; }

    public IReadOnlyList<CdiDevice>? Devices { get; init; }

    public CdiEdits? ContainerEdits { get; init; }

    internal sealed record CdiDevice(string? Name, CdiEdits? ContainerEdits);

    internal sealed record CdiEdits
    {
        public IReadOnlyList<string>? Env { get; init; }

        public IReadOnlyList<CdiDeviceNode>? DeviceNodes { get; init; }

        public IReadOnlyList<CdiMount>? Mounts { get; init; }

        public IReadOnlyList<CdiHook>? Hooks { get; init; }

        public IReadOnlyList<uint>? AdditionalGids { get; init; }

        // What the OCI runtimes of today cannot do is not overlooked.
        public JsonElement? NetDevices { get; init; }

        public JsonElement? IntelRdt { get; init; }
    }

    internal sealed record CdiDeviceNode(string? Path, string? HostPath, string? Type, long? Major, long? Minor, uint? FileMode, string? Permissions, uint? Uid, uint? Gid);

    internal sealed record CdiMount(string? HostPath, string? ContainerPath, IReadOnlyList<string>? Options, string? Type);

    internal sealed record CdiHook(string? HookName, string? Path, IReadOnlyList<string>? Args, IReadOnlyList<string>? Env, int? Timeout);
}
