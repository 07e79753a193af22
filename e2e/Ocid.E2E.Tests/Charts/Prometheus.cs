using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ocid.E2E.Tests.Programs;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>Debian's Prometheus with a database of its own that goes with it.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly HttpClient _http;

    private Prometheus(Process process, string folder, int port)
    {
        (_process, _folder) = (process, folder);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    /// <summary>Starts it; promtool has to accept the configuration.</summary>
    public static async Task<Prometheus> StartAsync(string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("ocid-prometheus-").FullName;
        var file = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        await Tool.RunAsync("promtool", "check", "config", file);
        var port = FreePort.Find();
        var process = Process.Start(new ProcessStartInfo(Tool.Find("prometheus")!,
            [$"--config.file={file}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"]) { RedirectStandardInput = true })!;
        return new Prometheus(process, folder, port);
    }

    /// <summary>Asks until a query has exactly one answer, and returns its labels with the value as <c>value</c>.</summary>
    public Task<JsonObject> SingleAsync(string query) => Eventually.GetAsync(query, () => TryQueryAsync(query), answer => answer.Count > 0);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // An empty object while it starts, and while there is no such series.
    private async Task<JsonObject> TryQueryAsync(string query)
    {
        try
        {
            var answer = await _http.GetFromJsonAsync<JsonObject>($"api/v1/query?query={Uri.EscapeDataString(query)}");
            if (answer!["data"]!["result"]!.AsArray() is not [JsonObject only])
                return [];
            var labels = only["metric"]!.DeepClone().AsObject();
            labels["value"] = (string?)only["value"]![1];
            return labels;
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return [];
        }
    }
}
