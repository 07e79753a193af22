using Ocid.Revisions;

namespace Ocid.Operator.Tests.Rendering;

/// <summary>A revision as a node has it, in a directory that goes away.</summary>
internal sealed class RevisionDirectory : IDisposable
{
    public RevisionDirectory(Revision revision)
    {
        foreach (var file in revision.Document.Files)
        {
            var path = At(file.Path.Value);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, DirectoryMark.Fill(file.Path, revision.ContentOf(file), Path).ToArray());
        }

        // As the daemon finds them: its own file, and drop-ins beside it.
        File.WriteAllText(MainFile, "");
        var dropIns = Directory.CreateDirectory(MainFile + ".d").FullName;
        foreach (var settings in Directory.GetFiles(Path, "*.toml").Where(file => file != MainFile))
            File.Copy(settings, System.IO.Path.Combine(dropIns, "90-" + System.IO.Path.GetFileName(settings)));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("ocid-revision-").FullName;

    public string MainFile => At("ocid.toml");

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
