using Ocid.Primitives;
using Ocid.Spec.Cdi;
using Ocid.Spec.Hooks;
using YamlDotNet.Core;

namespace Ocid.Cri.Edits;

/// <summary>The files in which administrators and vendors say what containers get beside what they ask for. Read when a container is made: what is there then counts.</summary>
internal static class EditFiles
{
    private static readonly string[] CdiEndings = [".json", ".yaml", ".yml"];

    /// <summary>The CDI specifications of some directories; a device of a later one hides that of an earlier one.</summary>
    /// <param name="directories">Those that are not there are passed over.</param>
    /// <param name="refused">Told of each file that is none: its devices are not there, the others are.</param>
    public static IReadOnlyList<CdiSpec> ReadCdi(IReadOnlyList<string> directories, Action<OcidException> refused)
    {
        var specs = new List<CdiSpec>();
        for (var priority = 0; priority < directories.Count; priority++)
        {
            foreach (var path in Files(directories[priority]).Where(path => CdiEndings.Contains(Path.GetExtension(path))))
            {
                try
                {
                    specs.Add(CdiSpec.Parse(path, priority, Json(path)));
                }
                catch (OcidException wrong)
                {
                    refused(wrong);
                }
            }
        }

        return specs;
    }

    /// <summary>The hooks of some directories.</summary>
    /// <exception cref="OcidException">InvalidArgument: a file is none. A hook may be there for safety: no container is made without it.</exception>
    public static IReadOnlyList<OciHook> ReadHooks(IReadOnlyList<string> directories) =>
        [.. directories.SelectMany(Files).Where(path => Path.GetExtension(path) == ".json").Select(path => OciHook.Parse(path, File.ReadAllBytes(path)))];

    private static IEnumerable<string> Files(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal) : [];

    private static byte[] Json(string path)
    {
        if (Path.GetExtension(path) == ".json")
            return File.ReadAllBytes(path);
        try
        {
            using var text = File.OpenText(path);
            return YamlJson.Convert(text);
        }
        catch (YamlException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"CDI specification {path}:{malformed.Start.Line}:{malformed.Start.Column}: {malformed.Message.ReplaceLineEndings(" ")}", malformed);
        }
    }
}
