using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using k8s;

namespace Ocid.Cluster.Testing;

/// <summary>A real kube-apiserver with its etcd, from the folder that $KUBEBUILDER_ASSETS names, as other projects' tests use it.</summary>
public sealed class KubeApiServer : IAsyncDisposable
{
    private const string Token = "tests";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocid-kube-");
    private readonly List<Process> _processes = [];
    private Kubernetes? _client;
    private Uri? _etcd;

    /// <summary>The folder with the programs; null where the machine has none.</summary>
    public static string? Assets => Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } folder
        && File.Exists(Path.Combine(folder, "kube-apiserver")) && File.Exists(Path.Combine(folder, "etcd")) ? folder : null;

    /// <summary>Speaks to the server as its administrator.</summary>
    public HttpClient Http => _client!.HttpClient;

    public Uri At(string path) => new(_client!.BaseUri, path);

    /// <summary>A connection to it, as its administrator.</summary>
    public Kubernetes Connection => _client!;

    /// <summary>The file with its certificate, which vouches for itself.</summary>
    public string Authority => Below("certificates/apiserver.crt");

    /// <summary>The file with its administrator's token.</summary>
    public string TokenFile => Write("token", Token);

    /// <summary>Starts it.</summary>
    /// <param name="flags">Further flags of kube-apiserver.</param>
    public async Task StartAsync(params string[] flags)
    {
        var programs = Assets ?? throw new InvalidOperationException("no kube-apiserver: KUBEBUILDER_ASSETS names no folder with it and etcd");
        var (client, peer, secure) = (FreePort(), FreePort(), FreePort());
        var etcd = $"http://127.0.0.1:{client}";
        _etcd = new Uri(etcd);
        Start(programs, "etcd", "--data-dir", Below("etcd"), "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", $"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{peer}",
            "--initial-cluster", $"default=http://127.0.0.1:{peer}", "--unsafe-no-fsync");
        // With no address to advertise it asks for a default route, which a network namespace of its own does not have.
        Start(programs, "kube-apiserver", [.. flags, "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--advertise-address", "127.0.0.1", "--secure-port", $"{secure}",
            "--cert-dir", Below("certificates"),
            "--token-auth-file", Write("tokens.csv", $"{Token},admin,admin,\"system:masters\""), "--authorization-mode", "RBAC", "--disable-admission-plugins", "ServiceAccount",
            "--service-account-issuer", "https://kubernetes.default.svc", "--service-account-key-file", Key(), "--service-account-signing-key-file", Below("key.pem"),
            "--endpoint-reconciler-type", "none", "--service-cluster-ip-range", "10.96.0.0/16"]);
        _client = new Kubernetes(new KubernetesClientConfiguration { Host = $"https://127.0.0.1:{secure}", SkipTlsVerify = true, AccessToken = Token });
        _client.HttpClient.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", Token);
        await ReadyAsync("readyz");
    }

    /// <summary>Makes an object of its manifest.</summary>
    public async Task<(HttpStatusCode Code, string Answer)> PostAsync(string path, string yaml)
    {
        using var content = new StringContent(yaml);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/yaml");
        using var answer = await Http.PostAsync(At(path), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Merges a patch into an object.</summary>
    public async Task<(HttpStatusCode Code, string Answer)> PatchAsync(string path, string json)
    {
        using var content = new StringContent(json);
        content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/merge-patch+json");
        using var answer = await Http.PatchAsync(At(path), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until a path is served.</summary>
    public async Task ReadyAsync(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsServedAsync(path, patience.Token))
        {
            if (_processes.Find(process => process.HasExited) is { } ended)
                throw new InvalidOperationException($"{ended.StartInfo.FileName} ended with {ended.ExitCode}");
            await Task.Delay(200, patience.Token);
        }
    }

    /// <summary>Forgets what was written so far: pages of earlier versions are too old.</summary>
    /// <remarks>https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway/</remarks>
    public async Task CompactAsync(string version)
    {
        using var http = new HttpClient();
        using var content = new StringContent($$"""{"revision": "{{version}}", "physical": true}""");
        using var answer = await http.PostAsync(new Uri(_etcd!, "v3/kv/compaction"), content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ends it, and leaves nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<bool> IsServedAsync(string path, CancellationToken ct)
    {
        try
        {
            using var answer = await Http.GetAsync(At(path), ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Start(string folder, string program, params string[] arguments)
    {
        // Their logs go nowhere: a pipe that nobody reads would stop them.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", Path.Combine(folder, program), .. arguments]);
        _processes.Add(Process.Start(start)!);
    }

    private string Below(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        File.WriteAllText(Below(name), text);
        return Below(name);
    }

    private string Key()
    {
        using var key = RSA.Create(2048);
        return Write("key.pem", key.ExportRSAPrivateKeyPem());
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
