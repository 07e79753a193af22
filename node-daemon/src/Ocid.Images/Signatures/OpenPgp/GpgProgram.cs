using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>GnuPG's program, which does all that is OpenPGP.</summary>
/// <remarks>https://www.gnupg.org/documentation/manuals/gnupg/Unattended-Usage-of-GPG.html</remarks>
internal static class GpgProgram
{
    private const int OutputLimit = 1 << 20;

    /// <exception cref="OcidException">FailedPrecondition: it is not installed.</exception>
    public static string Find(string name = "gpg") =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':').Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new OcidException(ErrorKind.FailedPrecondition, $"GPG signatures need the program {name}, which is not installed (Debian: apt install gnupg; Fedora: dnf install gnupg2)");

    /// <summary>A run that asks nobody, and writes its machine-readable status to its standard output.</summary>
    public static CommandSpec Spec(string program, IEnumerable<string> arguments, ReadOnlyMemory<byte> input, TimeSpan limit) => new()
    {
        Program = program,
        Arguments = ["--batch", "--no-tty", "--status-fd", "1", .. arguments],
        Environment = Surroundings(),
        Input = input,
        OutputLimit = OutputLimit,
        Timeout = limit,
    };

    // Messages in English, and the user's home where their own keys are meant.
    private static Dictionary<string, string> Surroundings()
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" };
        foreach (var name in (string[])["HOME", "PATH", "GNUPGHOME", "TMPDIR", "XDG_RUNTIME_DIR"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                kept[name] = value;
        }

        return kept;
    }
}
