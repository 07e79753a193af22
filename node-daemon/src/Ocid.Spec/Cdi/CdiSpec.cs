using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Spec.Cdi;

/// <summary>A specification file of the Container Device Interface: devices of one kind, and what a container that gets one needs.</summary>
/// <remarks>https://github.com/cncf-tags/container-device-interface/blob/main/SPEC.md</remarks>
public sealed class CdiSpec
{
    private static readonly string[] HookNames = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    private CdiSpec(string path, int priority, CdiDocument document) => (Path, Priority, Document) = (path, priority, document);

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>A device of a higher one hides that of the same name of a lower one.</summary>
    public int Priority { get; }

    internal CdiDocument Document { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="priority">The place of its directory in the list of directories.</param>
    /// <param name="json">Its content, or what its YAML says, as JSON.</param>
    /// <exception cref="OcidException">InvalidArgument: it is no specification, or one that asks for what there is not; the message names the place.</exception>
    public static CdiSpec Parse(string path, int priority, ReadOnlySpan<byte> json)
    {
        CdiDocument document;
        try
        {
            document = JsonSerializer.Deserialize(json, CdiSerializerContext.Default.CdiDocument) ?? throw new JsonException("null");
        }
        catch (JsonException malformed)
        {
            throw Invalid(path, malformed.Message, malformed);
        }

        Require(path, Version.TryParse(document.CdiVersion, out var version) && version.Major <= 1, $"cdiVersion {Quoted.Text(document.CdiVersion)}: want 0.x or 1.x");
        Require(path, CdiDeviceName.IsKind(document.Kind), $"kind {Quoted.Text(document.Kind)}: want vendor.com/class");
        Require(path, document.Devices is { Count: > 0 }, "devices: none");
        foreach (var device in document.Devices!)
        {
            Require(path, CdiDeviceName.IsDevice(device.Name), $"device {Quoted.Text(device.Name)}: no name of a device");
            Check(path, $"device {device.Name}", device.ContainerEdits);
        }

        var twice = document.Devices.GroupBy(device => device.Name).FirstOrDefault(same => same.Count() > 1)?.Key;
        Require(path, twice is null, $"device {Quoted.Text(twice)}: there twice");
        Check(path, "containerEdits", document.ContainerEdits);
        return new CdiSpec(path, priority, document);
    }

    private static void Check(string path, string where, CdiDocument.CdiEdits? edits)
    {
        if (edits is null)
            return;
        Require(path, edits.NetDevices is null, $"{where}: netDevices are not supported");
        Require(path, edits.IntelRdt is null, $"{where}: intelRdt is not supported");
        foreach (var variable in edits.Env ?? [])
            Require(path, variable.IndexOf('=', StringComparison.Ordinal) > 0, $"{where}: env {Quoted.Text(variable)}: want NAME=value");
        foreach (var node in edits.DeviceNodes ?? [])
        {
            Require(path, node.Path is ['/', ..], $"{where}: deviceNodes: path {Quoted.Text(node.Path)} is not absolute");
            Require(path, node.Type is null or "b" or "c" or "u" or "", $"{where}: deviceNodes: type {Quoted.Text(node.Type)}: want b or c");
            Require(path, (node.Permissions ?? "").All("rwm".Contains), $"{where}: deviceNodes: permissions {Quoted.Text(node.Permissions)}: want r, w and m");
        }

        foreach (var mount in edits.Mounts ?? [])
        {
            Require(path, mount.HostPath is ['/', ..] && mount.ContainerPath is ['/', ..], $"{where}: mounts: {Quoted.Text(mount.HostPath)} at {Quoted.Text(mount.ContainerPath)}: not absolute");
            Require(path, mount.Type is null or "" or "bind" or "none", $"{where}: mounts: type {Quoted.Text(mount.Type)}: only bind mounts are supported");
        }

        foreach (var hook in edits.Hooks ?? [])
        {
            Require(path, HookNames.Contains(hook.HookName), $"{where}: hooks: hookName {Quoted.Text(hook.HookName)} is none");
            Require(path, hook.Path is ['/', ..], $"{where}: hooks: path {Quoted.Text(hook.Path)} is not absolute");
        }
    }

    private static void Require(string path, bool holds, string what)
    {
        if (!holds)
            throw Invalid(path, what, null);
    }

    private static OcidException Invalid(string path, string what, Exception? inner) => new(ErrorKind.InvalidArgument, $"CDI specification {path}: {what}", inner);
}
