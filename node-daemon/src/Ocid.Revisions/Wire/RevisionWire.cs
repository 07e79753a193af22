namespace Ocid.Revisions.Wire;

/// <summary>revision.json, its members in their canonical order.</summary>
internal sealed record RevisionWire
{
    public required int Version { get; init; }

    public required RuntimeWire Runtime { get; init; }

    public required KubeletMode Kubelet { get; init; }

    public required IReadOnlyList<FileWire> Files { get; init; }

    public static RevisionWire Of(RevisionDocument document, int version) => new()
    {
        Version = version,
        Runtime = new RuntimeWire { Version = document.Runtime.Version, Install = document.Runtime.Install },
        Kubelet = document.Kubelet,
        Files = [.. document.Files.Select(FileWire.Of)],
    };

    public RevisionDocument ToDocument() => new(new RevisionRuntime(Runtime.Version, Runtime.Install), Kubelet, Files.Select(file => file.ToFile()));

    internal sealed record RuntimeWire
    {
        public required string Version { get; init; }

        public required InstallMode Install { get; init; }
    }

    internal sealed record FileWire
    {
        public required string Path { get; init; }

        public required string Key { get; init; }

        public required int Mode { get; init; }

        public required string Digest { get; init; }

        public required Disruption Needs { get; init; }

        public static FileWire Of(RevisionFile file) =>
            new() { Path = file.Path.Value, Key = file.Key, Mode = file.Mode, Digest = file.Digest.ToString(), Needs = file.Needs };

        public RevisionFile ToFile() => new(RevisionPath.Parse(Path), Key, Mode, Primitives.Digest.Parse(Digest), Needs);
    }
}
