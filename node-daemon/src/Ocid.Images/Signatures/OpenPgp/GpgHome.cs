using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>A home directory of GnuPG's of our own, that nobody else can read and that goes with this object; no key or option of the user is in it.</summary>
internal sealed class GpgHome : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _program = GpgProgram.Find();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ocid-gpg-");

    /// <summary>A path in the home.</summary>
    public string At(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Runs gpg, which starts nothing else and asks nobody.</summary>
    /// <exception cref="OcidException">DeadlineExceeded; or gpg cannot be run.</exception>
    public async Task<GpgResult> RunAsync(IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken ct) =>
        new(await Command.RunAsync(GpgProgram.Spec(_program, ["--homedir", _directory.FullName, "--no-options", "--no-autostart", .. arguments], input, Limit), ct));

    public void Dispose() => _directory.Delete(recursive: true);
}
