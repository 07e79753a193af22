namespace Ocid.Daemon.Configuration;

/// <summary>Where this host keeps programs. The environment is not asked: a service has another PATH than the person who tests it.</summary>
internal static class ProgramPath
{
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public static string? Find(string name) => Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
