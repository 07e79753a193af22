namespace Ocid.Testing;

/// <summary>Programs of a newer Debian than this system's, where <c>scripts/newer-debian-programs</c> unpacked them.</summary>
public static class NewerDebian
{
    /// <summary>The path of <paramref name="name"/>, or null where it was not unpacked.</summary>
    public static string? Find(string name, string suite = "trixie") =>
        Path.Combine(Root(suite), "usr/bin", name) is var path && File.Exists(path) ? path : null;

    /// <summary>The folder that holds <c>usr/bin</c>; it may be missing.</summary>
    public static string Root(string suite) => Beside(suite);

    /// <summary>A path below the folder that holds what is unpacked beside the system, whoever unpacked it.</summary>
    public static string Beside(string path) =>
        Path.Combine(Environment.GetEnvironmentVariable("OCID_PEERS") is { Length: > 0 } folder ? folder : "/var/cache/ocid-peers", path);
}
