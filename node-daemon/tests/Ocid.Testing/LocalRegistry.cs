using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ocid.Testing;

/// <summary>Debian's docker-registry on a loopback port of its own, with its content in a folder that goes with it.</summary>
public sealed class LocalRegistry : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private LocalRegistry(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary><c>127.0.0.1:port</c>, as it stands in an image reference; it speaks plain HTTP.</summary>
    public string Host => $"127.0.0.1:{Port}";

    /// <summary>The address of <c>/v2/</c>.</summary>
    public Uri Address => new($"http://{Host}/v2/");

    /// <summary>Starts a registry. <paramref name="configuration"/> is appended to its YAML, for example an <c>auth:</c> section.</summary>
    public static async Task<LocalRegistry> StartAsync(string configuration = "", CancellationToken ct = default)
    {
        var folder = Directory.CreateTempSubdirectory("ocid-registry-").FullName;
        var port = FreePort();
        var file = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(file, $"""
            version: 0.1
            log:
              level: warn
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {folder}/content
              delete:
                enabled: true
            http:
              addr: 127.0.0.1:{port}
            {configuration}
            """, ct);
        var start = new ProcessStartInfo(Tool.Find("docker-registry") ?? "docker-registry", ["serve", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // The child exports traces wherever the environment asks it to.
        start.Environment.Remove("OTEL_TRACES_EXPORTER");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var registry = new LocalRegistry(process, folder, port);
        try
        {
            await registry.WaitUntilItAnswersAsync(ct);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task WaitUntilItAnswersAsync(CancellationToken ct)
    {
        using var http = new HttpClient();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                // 401 is an answer too: a registry with an auth section.
                using var answer = await http.GetAsync(Address, timeout.Token);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(20, timeout.Token);
            }
        }
    }
}
