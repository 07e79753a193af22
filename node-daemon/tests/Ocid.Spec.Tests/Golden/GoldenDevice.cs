namespace Ocid.Spec.Tests.Golden;

internal sealed record GoldenDevice(string Path, char Type, long Major, long Minor, string Access)
{
    public ContainerDevice ToDevice() => new() { Path = Path, Type = Type, Major = Major, Minor = Minor, Access = Access };
}
