using System.Text.Json;
using System.Text.RegularExpressions;
using Ocid.Primitives;
using Ocid.Spec.Processes;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Hooks;

/// <summary>A file of a hooks directory: a program, the containers that it runs for, and when.</summary>
/// <remarks>https://github.com/containers/common/blob/main/pkg/hooks/docs/oci-hooks.5.md</remarks>
public sealed class OciHook
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    private readonly HookDocument.Conditions _when;
    private readonly List<(Regex Key, Regex Value)> _annotations;
    private readonly List<Regex> _commands;
    private readonly SpecHook _hook;
    private readonly IReadOnlyList<string> _stages;

    private OciHook(string name, HookDocument document)
    {
        Name = name;
        (_when, _hook, _stages) = (document.When!, document.Hook!, document.Stages!);
        _annotations = [.. (_when.Annotations ?? new Dictionary<string, string>()).Select(pair => (Pattern(pair.Key), Pattern(pair.Value)))];
        _commands = [.. (_when.Commands ?? []).Select(Pattern)];
    }

    /// <summary>The file's name: one of a later directory replaces its namesake, and hooks run in the order of the names.</summary>
    public string Name { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="json">Its content.</param>
    /// <exception cref="OcidException">InvalidArgument: it is no hook of version 1.0.0; the message names file and place.</exception>
    public static OciHook Parse(string path, ReadOnlySpan<byte> json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, HookSerializerContext.Default.HookDocument) ?? throw new JsonException("null");
            Require(document.Version == "1.0.0", $"version {Quoted.Text(document.Version)}: want 1.0.0");
            Require(document.Hook is { Path: ['/', ..] }, $"hook.path {Quoted.Text(document.Hook?.Path)} is not absolute");
            Require(document.Hook!.Timeout is null or > 0, $"hook.timeout {document.Hook.Timeout}: want seconds above 0");
            Require(document.When is not null, "when: missing");
            Require(document.Stages is { Count: > 0 }, "stages: none");
            var unknown = document.Stages!.FirstOrDefault(stage => !HookLists.Stages.Contains(stage));
            Require(unknown is null, $"stage {Quoted.Text(unknown)}: want {string.Join(", ", HookLists.Stages)}");
            return new OciHook(Path.GetFileName(path), document);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or ArgumentException)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"hook {path}: {wrong.Message}", wrong);
        }
    }

    /// <summary>The request with the hooks that are for it, in the order of their names.</summary>
    /// <param name="request">The container's request.</param>
    /// <param name="hooks">Those of all directories, in the directories' order.</param>
    /// <param name="hasBindMounts">Whether the container's request has mounts.</param>
    public static ContainerSpecRequest Apply(ContainerSpecRequest request, IReadOnlyList<OciHook> hooks, bool hasBindMounts)
    {
        ArgumentNullException.ThrowIfNull(request);
        var command = CommandLine.Merge(request.Image, request.Command, request.Arguments);
        var chosen = hooks.GroupBy(hook => hook.Name, StringComparer.Ordinal).Select(same => same.Last())
            .OrderBy(hook => hook.Name.ToLowerInvariant(), StringComparer.Ordinal).ThenBy(hook => hook.Name, StringComparer.Ordinal)
            .Where(hook => hook.IsFor(request.Annotations, command, hasBindMounts));
        return request with { Hooks = chosen.Aggregate(request.Hooks, (all, hook) => hook._stages.Aggregate(all, (with, stage) => with.With(stage, hook._hook))) };
    }

    // Every condition that is there must hold, and one must be there.
    private bool IsFor(IReadOnlyDictionary<string, string> annotations, IReadOnlyList<string> command, bool hasBindMounts)
    {
        if (_when.Always is null && _when.HasBindMounts is null && _annotations.Count + _commands.Count == 0)
            return false;
        return _when.Always != false
            && (_when.HasBindMounts is not { } bind || (bind && hasBindMounts))
            && _annotations.TrueForAll(pattern => annotations.Any(pair => pattern.Key.IsMatch(pair.Key) && pattern.Value.IsMatch(pair.Value)))
            && (_commands.Count == 0 || (command.Count > 0 && _commands.Exists(pattern => pattern.IsMatch(command[0]))));
    }

    private static Regex Pattern(string text) => new(text, RegexOptions.CultureInvariant, MatchLimit);

    private static void Require(bool holds, string what)
    {
        if (!holds)
            throw new FormatException(what);
    }
}
