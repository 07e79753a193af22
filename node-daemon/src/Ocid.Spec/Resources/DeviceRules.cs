using Ocid.Spec.Schema;

namespace Ocid.Spec.Resources;

internal static class DeviceRules
{
    private static readonly LinuxDeviceRule[] Standard =
    [
        new() { Allow = true, Type = "c", Access = "m" },
        new() { Allow = true, Type = "b", Access = "m" },
        Character(1, 3), // null
        Character(1, 5), // zero
        Character(1, 7), // full
        Character(1, 8), // random
        Character(1, 9), // urandom
        Character(5, 0), // tty
        Character(5, 2), // ptmx
        Character(136, null), // pts/*
    ];

    public static IReadOnlyList<LinuxDeviceRule> Generate(IReadOnlyList<ContainerDevice> devices, bool all) =>
        all
            ? [new() { Allow = true, Access = "rwm" }]
            : [new() { Allow = false, Access = "rwm" }, .. Standard, .. devices.Select(Allow)];

    private static LinuxDeviceRule Allow(ContainerDevice device) =>
        new() { Allow = true, Type = device.Type.ToString(), Major = device.Major, Minor = device.Minor, Access = device.Access };

    private static LinuxDeviceRule Character(long major, long? minor) =>
        new() { Allow = true, Type = "c", Major = major, Minor = minor, Access = "rwm" };
}
