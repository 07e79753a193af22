using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Runtime.Confinement;

/// <summary>The AppArmor profiles of this host's kernel, and the one of ours.</summary>
/// <param name="root">The root of the files read; another one than / for tests.</param>
/// <remarks>https://gitlab.com/apparmor/apparmor/-/wikis/AppArmorInterfaces</remarks>
public sealed class AppArmorPolicy(string root = "/")
{
    /// <summary>The profile of containers that ask for RuntimeDefault.</summary>
    public const string DefaultProfile = "ocid-default";

    private const string Resource = "Ocid.Runtime.Confinement.ocid-default.apparmor";
    private static readonly TimeSpan LoadLimit = TimeSpan.FromMinutes(1);

    /// <summary>Whether the kernel enforces profiles, and shows them where the OCI runtimes look for them.</summary>
    public static bool IsEnabled(string root = "/") =>
        TryRead(Path.Combine(root, "sys/module/apparmor/parameters/enabled")).StartsWith('Y') && Directory.Exists(Path.Combine(root, "sys/kernel/security/apparmor"));

    /// <summary>Whether the kernel has a profile of this name.</summary>
    public bool IsLoaded(string profile) => TryRead(Path.Combine(root, "sys/kernel/security/apparmor/profiles"))
        .Split('\n').Any(line => line.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var end && line[..end] == profile);

    /// <summary>The program that loads profiles; null where it is not installed.</summary>
    public string? Parser => ((string[])["usr/sbin/apparmor_parser", "sbin/apparmor_parser", "usr/bin/apparmor_parser"])
        .Select(program => Path.Combine(root, program)).FirstOrDefault(File.Exists);

    /// <summary>Loads <see cref="DefaultProfile"/>, in place of a former one.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the program that loads profiles is not installed, or it refuses this one.</exception>
    public async Task LoadDefaultAsync(CancellationToken ct)
    {
        if (Parser is not { } parser)
            throw new OcidException(ErrorKind.FailedPrecondition, $"AppArmor profile {DefaultProfile}: apparmor_parser, which loads it, is not installed: install the package apparmor");
        var result = await Command.RunAsync(new CommandSpec { Program = parser, Arguments = ["--replace", "--skip-cache"], Input = ReadDefault(), Timeout = LoadLimit, OutputLimit = 64 * 1024 }, ct);
        if (!result.IsSuccess)
            throw new OcidException(ErrorKind.FailedPrecondition, $"AppArmor profile {DefaultProfile}: {parser}: {(result.LastErrorLine is { Length: > 0 } reason ? reason : $"exit code {result.ExitCode}")}");
    }

    internal static byte[] ReadDefault()
    {
        using var resource = typeof(AppArmorPolicy).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("the default AppArmor profile is not in the assembly");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }

    private static string TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
