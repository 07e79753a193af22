using Ocid.Spec.Mounts;

namespace Ocid.Spec.Tests.Golden;

internal sealed record GoldenMount(string Source, string Destination, bool ReadOnly, bool RecursiveReadOnly, MountPropagation Propagation, IReadOnlyList<string>? Options)
{
    public ContainerMount ToMount() => new()
    {
        Source = Source, Destination = Destination, ReadOnly = ReadOnly, RecursiveReadOnly = RecursiveReadOnly, Propagation = Propagation, Options = Options ?? [],
    };
}
