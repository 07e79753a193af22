namespace Ocid.Cri.Verbose;

internal sealed record ImageInfo(
    string Architecture,
    string Os,
    string User,
    IReadOnlyList<string> Env,
    IReadOnlyList<string> Entrypoint,
    IReadOnlyList<string> Cmd,
    string WorkingDir,
    string StopSignal,
    IReadOnlyDictionary<string, string> Labels);
