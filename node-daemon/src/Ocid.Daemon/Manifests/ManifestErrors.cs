using YamlDotNet.Core;

namespace Ocid.Daemon.Manifests;

/// <summary>Everything that is wrong with a manifest, each with its place.</summary>
internal sealed class ManifestErrors(string file)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Add(Mark place, string path, string reason) => _lines.Add($"{file}:{place.Line}:{place.Column}: {path}: {reason}");
}
