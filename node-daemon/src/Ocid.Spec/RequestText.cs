using Ocid.Primitives;

namespace Ocid.Spec;

// Every string of a request, before any is used.
internal static class RequestText
{
    public static void Check(ContainerSpecRequest request)
    {
        CheckProcess(request);
        PlainText.Require("root file system", request.RootfsPath);
        PlainText.Require("host name", request.Hostname);
        PlainText.Require("cgroup path", request.CgroupsPath);
        PlainText.Require("shared memory path", request.ShmPath);
        PlainText.Require("AppArmor profile", request.ApparmorProfile);
        PlainText.Require("SELinux label", request.SelinuxLabel);
        PlainText.Require("mount label", request.MountLabel);
        foreach (var space in request.Namespaces)
            PlainText.Require("namespace path", space.Path);
        foreach (var device in request.Devices)
            PlainText.Require("device path", device.Path);
        foreach (var path in (request.MaskedPaths ?? []).Concat(request.ReadonlyPaths ?? []))
            PlainText.Require("masked or read-only path", path);
        CheckMounts(request);
        CheckResources(request);
        foreach (var (key, value) in request.Annotations)
        {
            PlainText.Require("annotation key", key);
            PlainText.RequireNoNul("annotation", value);
        }
    }

    private static void CheckProcess(ContainerSpecRequest request)
    {
        PlainText.Require("working directory", request.WorkingDirectory ?? request.Image.WorkingDirectory);
        foreach (var argument in request.Command.Concat(request.Arguments).Concat(request.Image.Entrypoint).Concat(request.Image.Cmd))
            PlainText.RequireNoNul("argument", argument);
        foreach (var entry in request.Image.Env)
            CheckVariable(entry.Split('=', 2) is [var name, var value] ? new EnvironmentVariable(name, value) : new EnvironmentVariable(entry, ""));
        foreach (var variable in request.Environment)
        {
            if (variable.Name.Length == 0 || variable.Name.Contains('=', StringComparison.Ordinal))
                throw new OcidException(ErrorKind.InvalidArgument, $"environment variable {Quoted.Text(variable.Name)}: not a name");
            CheckVariable(variable);
        }
    }

    // HOME ends up in a line of passwd where a runtime adds a user.
    private static void CheckVariable(EnvironmentVariable variable)
    {
        PlainText.Require("environment variable", variable.Name);
        if (variable.Name == "HOME")
            PlainText.Require("HOME", variable.Value);
        else
            PlainText.RequireNoNul($"environment variable {variable.Name}", variable.Value);
    }

    private static void CheckMounts(ContainerSpecRequest request)
    {
        foreach (var mount in request.Mounts)
        {
            PlainText.Require("mount source", mount.Source);
            PlainText.Require("mount destination", mount.Destination);
            foreach (var option in mount.Options)
                PlainText.Require("mount option", option);
        }
    }

    private static void CheckResources(ContainerSpecRequest request)
    {
        PlainText.Require("cpuset", request.Resources.CpusetCpus);
        PlainText.Require("cpuset", request.Resources.CpusetMems);
        foreach (var (name, value) in request.Resources.Unified)
        {
            PlainText.Require("unified resource", name);
            PlainText.RequireNoNul("unified resource", value);
        }
    }
}
