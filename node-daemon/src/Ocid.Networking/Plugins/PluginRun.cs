using System.Collections;
using System.Text;
using System.Text.Json;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

/// <summary>One verb of one plugin program (specification, section 2).</summary>
internal sealed class PluginRun(PluginPrograms programs, TimeSpan timeout)
{
    private const int OutputLimit = 1 << 20;

    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="OcidException">The plugin's own error, a time-out, or no such program; names plugin and verb.</exception>
    public async Task<byte[]> RunAsync(string verb, string type, byte[] configuration, PluginCall? call, CancellationToken ct)
    {
        var spec = new CommandSpec
        {
            Program = programs.Find(type),
            Environment = EnvironmentOf(verb, call),
            Input = configuration,
            OutputLimit = OutputLimit,
            Timeout = timeout,
        };
        try
        {
            var result = await Command.RunAsync(spec, ct);
            return result.IsSuccess ? result.Output : throw Failed(verb, type, result);
        }
        catch (OcidException e) when (e.Kind == ErrorKind.DeadlineExceeded)
        {
            throw new OcidException(ErrorKind.DeadlineExceeded, $"plugin {type} {verb}: not done after {timeout.TotalSeconds:0.#} s", e);
        }
        catch (LinuxException e)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"plugin {type} {verb}: {e.Message}", e);
        }
    }

    private static PluginException Failed(string verb, string type, CommandResult result)
    {
        try
        {
            if (JsonSerializer.Deserialize(result.Output, NetworkJson.Default.PluginError) is { } error && (error.Code != 0 || !string.IsNullOrEmpty(error.Message)))
                return new PluginException(error.Code, $"plugin {type} {verb}: {OneLine(error.Message)}{(string.IsNullOrEmpty(error.Details) ? "" : ": " + OneLine(error.Details))} (code {error.Code})");
        }
        catch (JsonException)
        {
            // Not the error of a plugin: a crash, or a program that is none. What it printed is the best there is.
        }

        var said = result.LastErrorLine is { Length: > 0 } line ? line : Encoding.UTF8.GetString(result.Output);
        return new PluginException(0, $"plugin {type} {verb}: exit code {result.ExitCode}: {Quoted.Text(said.Trim())}");
    }

    private static string OneLine(string? text) => (text ?? "").Trim().ReplaceLineEndings(" ");

    private Dictionary<string, string> EnvironmentOf(string verb, PluginCall? call)
    {
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry inherited in Environment.GetEnvironmentVariables())
        {
            var name = (string)inherited.Key;
            if (!name.StartsWith("CNI_", StringComparison.Ordinal) && name is not ("NOTIFY_SOCKET" or "LISTEN_FDS" or "LISTEN_PID" or "LISTEN_FDNAMES"))
                environment[name] = (string?)inherited.Value ?? "";
        }

        environment["CNI_COMMAND"] = verb;
        environment["CNI_PATH"] = programs.SearchPath;
        if (call is not null)
        {
            environment["CNI_CONTAINERID"] = call.ContainerId;
            environment["CNI_NETNS"] = call.NetworkNamespace;
            environment["CNI_IFNAME"] = call.InterfaceName;
            environment["CNI_ARGS"] = call.Arguments;
        }

        return environment;
    }
}
