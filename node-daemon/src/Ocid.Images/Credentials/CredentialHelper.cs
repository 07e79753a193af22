using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ocid.Images.Registry;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>A program <c>docker-credential-NAME</c> that keeps credentials.</summary>
/// <remarks>https://github.com/docker/docker-credential-helpers#development</remarks>
internal sealed partial class CredentialHelper
{
    private const string Prefix = "docker-credential-";

    // By the protocol, on the standard output.
    private const string NotFound = "credentials not found in native keychain";

    private const int OutputLimit = 64 * 1024;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _program;

    private CredentialHelper(string program) => _program = program;

    /// <param name="name">The name behind <c>docker-credential-</c>.</param>
    /// <param name="directories">Where it may be installed.</param>
    /// <exception cref="OcidException">InvalidArgument: the name could be a path. NotFound: it is not installed.</exception>
    public static CredentialHelper Find(string name, IReadOnlyList<string> directories)
    {
        if (!Name().IsMatch(name))
            throw new OcidException(ErrorKind.InvalidArgument, $"credential helper {Quoted.Text(name)}: want letters, digits, '-', '_' and '.'");
        return directories.Select(directory => Path.Combine(directory, Prefix + name)).FirstOrDefault(File.Exists) is { } program
            ? new CredentialHelper(program)
            : throw new OcidException(ErrorKind.NotFound, $"credential helper {Prefix}{name}: not in {string.Join(", ", directories)}");
    }

    /// <summary>The credentials that it keeps for a server; null where it has none.</summary>
    /// <exception cref="OcidException">It failed. The message holds nothing of what it printed.</exception>
    public async Task<RegistryCredentials?> GetAsync(string server, CancellationToken ct)
    {
        var result = await RunAsync("get", server + "\n", ct);
        if (!result.IsSuccess)
            return result.OutputText.Trim() == NotFound ? null : throw Failed("get", server, result);

        return Parse(result.Output) is { Secret: { } secret } answer
            ? answer.Username == "<token>" ? new RegistryCredentials { IdentityToken = secret } : new RegistryCredentials { Username = answer.Username ?? "", Password = secret }
            : throw new OcidException(ErrorKind.Unavailable, $"{_program} get {server}: what it printed are no credentials");
    }

    /// <summary>Keeps credentials for a server, in place of those that it has.</summary>
    /// <exception cref="OcidException">It failed. The message holds nothing of what it printed.</exception>
    public async Task StoreAsync(string server, string user, string password, CancellationToken ct)
    {
        var entry = new HelperEntry { ServerUrl = server, Username = user, Secret = password };
        var result = await RunAsync("store", JsonSerializer.Serialize(entry, CredentialsJson.Default.HelperEntry), ct);
        if (!result.IsSuccess)
            throw Failed("store", server, result);
    }

    /// <summary>Drops the credentials for a server.</summary>
    /// <returns>Whether it had any.</returns>
    /// <exception cref="OcidException">It failed. The message holds nothing of what it printed.</exception>
    public async Task<bool> EraseAsync(string server, CancellationToken ct)
    {
        if (await GetAsync(server, ct) is null)
            return false;
        var result = await RunAsync("erase", server + "\n", ct);
        return result.IsSuccess ? true : throw Failed("erase", server, result);
    }

    private Task<CommandResult> RunAsync(string verb, string input, CancellationToken ct) => Command.RunAsync(
        new CommandSpec { Program = _program, Arguments = [verb], Input = Encoding.UTF8.GetBytes(input), OutputLimit = OutputLimit, Timeout = Limit, WorkingDirectory = "/" },
        ct);

    private OcidException Failed(string verb, string server, CommandResult result) =>
        new(ErrorKind.Unavailable, $"{_program} {verb} {server}: exit status {result.ExitCode}");

    private static HelperAnswer? Parse(byte[] output)
    {
        try
        {
            return JsonSerializer.Deserialize(output, CredentialsJson.Default.HelperAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}\z")]
    private static partial Regex Name();
}
