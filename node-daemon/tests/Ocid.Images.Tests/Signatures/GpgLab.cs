using Ocid.Testing;

namespace Ocid.Images.Tests.Signatures;

/// <summary>A GnuPG home with keys of every fate, made once for a class of tests: good, another, expired, revoked.</summary>
public sealed class GpgLab : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-gpg-lab-").FullName;
    private int _files;

    public string Home => Path.Combine(_folder, "home");

    public string Good { get; private set; } = "";

    public string Another { get; private set; } = "";

    public string Expired { get; private set; } = "";

    public string Revoked { get; private set; } = "";

    /// <summary>The public halves, as a policy's keyData would have them.</summary>
    public Dictionary<string, byte[]> PublicKeys { get; } = [];

    public async Task InitializeAsync()
    {
        if (Tool.FirstMissing("gpg", "gpgconf") is not null)
            return;
        Directory.CreateDirectory(Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Good = await GenerateAsync("good", "20240101T000000!", "never");
        Another = await GenerateAsync("another", "20240101T000000!", "never");
        Expired = await GenerateAsync("expired", "20240101T000000!", "10d");
        Revoked = await GenerateAsync("revoked", "20240101T000000!", "never");
    }

    public async Task DisposeAsync()
    {
        if (Tool.Find("gpgconf") is not null)
            await Tool.TryRunAsync(null, "gpgconf", "--homedir", Home, "--kill", "gpg-agent");
        Directory.Delete(_folder, recursive: true);
    }

    public void SkipIfMissing() => Skip.If(Good.Length == 0, "needs gpg");

    /// <summary>Runs gpg on some input; what it writes with --output comes back.</summary>
    public async Task<byte[]> MakeAsync(byte[] input, params string[] arguments)
    {
        var (from, to) = (NewFile(), NewFile());
        await File.WriteAllBytesAsync(from, input);
        await GpgAsync([.. arguments[..^1], "--output", to, arguments[^1], from]);
        return await File.ReadAllBytesAsync(to);
    }

    /// <summary>A message signed by a key.</summary>
    public Task<byte[]> SignAsync(byte[] payload, string key) => MakeAsync(payload, "--local-user", key, "--sign");

    /// <summary>Revokes a key with the certificate that gpg prepared when it made the key.</summary>
    public async Task<byte[]> RevokedPublicKeyAsync()
    {
        var certificate = await File.ReadAllTextAsync(Path.Combine(Home, "openpgp-revocs.d", Revoked + ".rev"));
        var file = NewFile();
        await File.WriteAllTextAsync(file, certificate[certificate.IndexOf(":-----BEGIN", StringComparison.Ordinal)..].Replace(":-----", "-----", StringComparison.Ordinal));
        await GpgAsync("--import", file);
        return await ExportAsync(Revoked);
    }

    public Task GpgAsync(params string[] arguments) => Tool.RunAsync("gpg", ["--homedir", Home, "--quiet", "--batch", "--yes", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments]);

    private string NewFile() => Path.Combine(_folder, $"file-{Interlocked.Increment(ref _files)}");

    private async Task<string> GenerateAsync(string name, string time, string expires)
    {
        await GpgAsync("--faked-system-time", time, "--quick-generate-key", $"{name} <{name}@example.org>", "ed25519", "sign", expires);
        var listing = await Tool.RunAsync("gpg", "--homedir", Home, "--batch", "--with-colons", "--list-keys", $"{name}@example.org");
        var fingerprint = listing.Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
        PublicKeys[fingerprint] = await ExportAsync(fingerprint);
        return fingerprint;
    }

    private async Task<byte[]> ExportAsync(string fingerprint)
    {
        var file = NewFile();
        await GpgAsync("--output", file, "--export", fingerprint);
        return await File.ReadAllBytesAsync(file);
    }
}
