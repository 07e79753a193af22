namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>A home directory of GnuPG's of our own, that nobody else can read and that goes with this object; no key or option of the user is in it.</summary>
internal sealed class GpgHome : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ocid-gpg-");
    private bool _hasAgent;

    /// <summary>A path in the home.</summary>
    public string At(string name) => Path.Combine(_directory.FullName, name);

    /// <summary>Runs gpg, which asks nobody.</summary>
    /// <param name="arguments">After those that name the home.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="withAgent">Lets it start an agent, which private keys need; then <see cref="EndAsync"/> must follow.</param>
    /// <exception cref="Primitives.OcidException">DeadlineExceeded; or gpg cannot be run.</exception>
    public Task<GpgResult> RunAsync(IEnumerable<string> arguments, ReadOnlyMemory<byte> input, CancellationToken ct, bool withAgent = false)
    {
        _hasAgent |= withAgent;
        string[] agent = withAgent ? [] : ["--no-autostart"];
        return GpgProgram.RunAsync(["--homedir", _directory.FullName, "--no-options", .. agent, .. arguments], input, ct);
    }

    /// <summary>Ends the agent, then removes the directory.</summary>
    public async Task EndAsync()
    {
        try
        {
            if (_hasAgent)
                await GpgProgram.EndAgentAsync(_directory.FullName);
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
