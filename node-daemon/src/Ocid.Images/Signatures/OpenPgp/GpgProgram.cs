using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>GnuPG's program, which does all that is OpenPGP.</summary>
/// <remarks>https://www.gnupg.org/documentation/manuals/gnupg/Unattended-Usage-of-GPG.html</remarks>
internal static class GpgProgram
{
    private const int OutputLimit = 1 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Runs gpg, which asks nobody on a terminal and writes its machine-readable status to its standard output.</summary>
    /// <exception cref="OcidException">FailedPrecondition: it is not installed. DeadlineExceeded.</exception>
    public static async Task<GpgResult> RunAsync(IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken ct) =>
        new(await Command.RunAsync(Spec("gpg", ["--batch", "--no-tty", "--status-fd", "1", .. arguments], input), ct));

    /// <summary>Ends the agent of a home, so that nothing runs on when the directory is gone.</summary>
    public static Task EndAgentAsync(string home) => Command.RunAsync(Spec("gpgconf", ["--homedir", home, "--kill", "gpg-agent"], default), CancellationToken.None);

    /// <summary>The arguments that give a key's passphrase.</summary>
    /// <param name="file">Its first line is it; null where there is none.</param>
    /// <param name="nobodyToAsk">There is no agent that could ask.</param>
    public static string[] Passphrase(string? file, bool nobodyToAsk) => file is not null
        ? ["--pinentry-mode", "loopback", "--passphrase-file", file]
        : nobodyToAsk ? ["--pinentry-mode", "loopback", "--passphrase", ""] : [];

    private static CommandSpec Spec(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input) => new()
    {
        Program = Find(program),
        Arguments = arguments,
        Environment = Surroundings(),
        Input = input,
        OutputLimit = OutputLimit,
        Timeout = Limit,
    };

    private static string Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':').Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
        ?? throw new OcidException(ErrorKind.FailedPrecondition, $"GPG signatures need the program {name}, which is not installed (Debian: apt install gnupg; Fedora: dnf install gnupg2)");

    // Messages in English, and the user's own home and agent where their keys are meant.
    private static Dictionary<string, string> Surroundings()
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C" };
        foreach (var name in (string[])["HOME", "PATH", "GNUPGHOME", "TMPDIR", "XDG_RUNTIME_DIR", "GPG_TTY"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
                kept[name] = value;
        }

        return kept;
    }
}
