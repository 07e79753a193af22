using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class LinuxCheck
{
    public static void Check(LinuxSpec linux, FaultList faults)
    {
        foreach (var path in (linux.MaskedPaths ?? []).Concat(linux.ReadonlyPaths ?? []))
            faults.Require(path.StartsWith('/'), "linux.maskedPaths, linux.readonlyPaths", $"{Quoted.Text(path)} is not absolute");
        foreach (var device in linux.Devices ?? [])
            CheckDevice(device, faults);
        if (linux.Resources is { } resources)
            CheckResources(resources, faults);
    }

    private static void CheckDevice(LinuxDevice device, FaultList faults)
    {
        faults.Require(device.Path.StartsWith('/'), "linux.devices", $"{Quoted.Text(device.Path)} is not absolute");
        faults.Require(device.Type is "c" or "b" or "u" or "p", "linux.devices", $"type {Quoted.Text(device.Type)} of {Quoted.Text(device.Path)} is unknown");
        faults.Require(device.Type == "p" || device is { Major: not null, Minor: not null }, "linux.devices", $"{Quoted.Text(device.Path)} has no numbers");
    }

    private static void CheckResources(LinuxResources resources, FaultList faults)
    {
        foreach (var rule in resources.Devices ?? [])
        {
            faults.Require(rule.Type is null or "a" or "b" or "c", "linux.resources.devices", $"type {Quoted.Text(rule.Type)} is unknown");
            faults.Require(rule.Access?.AsSpan().ContainsAnyExcept("rwm") != true, "linux.resources.devices", $"access {Quoted.Text(rule.Access)} is not of r, w and m");
        }

        if (resources.Memory is { Limit: > 0 and var limit, Swap: > 0 and var swap })
            faults.Require(swap >= limit, "linux.resources.memory.swap", "below the memory limit, which it includes");
    }
}
