using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

/// <summary>Where the plugin programs are.</summary>
internal sealed class PluginPrograms(IReadOnlyList<string> directories)
{
    /// <summary>The CNI_PATH that plugins look for their own helpers in.</summary>
    public string SearchPath { get; } = string.Join(':', directories);

    /// <exception cref="OcidException">FailedPrecondition: no directory has it.</exception>
    public string Find(string type) =>
        directories.Select(directory => Path.Combine(directory, type)).FirstOrDefault(IsProgram)
        ?? throw new OcidException(ErrorKind.FailedPrecondition, $"plugin {Quoted.Text(type)} is not in {string.Join(" or ", directories)}");

    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
