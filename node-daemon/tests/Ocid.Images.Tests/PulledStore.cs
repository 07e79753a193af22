using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Catalog;
using Ocid.Images.Credentials;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Testing;

namespace Ocid.Images.Tests;

/// <summary>A store in a fresh directory, our parts on it, and podman and skopeo as its other users.</summary>
internal sealed class PulledStore : IAsyncDisposable
{
    private readonly string _folder;
    private bool _isReopened;

    private PulledStore(string folder, Store store)
    {
        _folder = folder;
        Store = store;
        var roots = new ImageConfigurationRoots([Etc]);
        Registries = new ImageRegistries(new ImageRegistriesOptions
        {
            Roots = roots,
            AuthFiles = [new AuthFileLocation(Path.Combine(Etc, "auth.json"))],
            ProgramDirectories = [Path.Combine(Etc, "bin")],
            RecordedAliases = Path.Combine(Etc, "short-name-aliases.conf"),
            Served = Served.Enqueue,
        }, NullLoggerFactory.Instance);
        SignaturePolicy = new SignaturePolicy(roots, Policies, NullLoggerFactory.Instance);
        Puller = new ImagePuller(store, Registries, SignaturePolicy, NullLoggerFactory.Instance);
        Catalog = new ImageCatalog(store, Registries);
    }

    public Store Store { get; }

    public ImageRegistries Registries { get; }

    public ImagePuller Puller { get; }

    public SignaturePolicy SignaturePolicy { get; }

    public ImageCatalog Catalog { get; }

    /// <summary>The hosts of the endpoints that served, in order.</summary>
    public ConcurrentQueue<string> Served { get; } = new();

    /// <summary>The one directory of configuration files; nobody made it.</summary>
    public string Etc => Path.Combine(_folder, "etc");

    /// <summary>The signature policies of Kubernetes namespaces; nobody made it.</summary>
    public string Policies => Path.Combine(_folder, "policies");

    public string Root => Path.Combine(_folder, "root");

    public string RunRoot => Path.Combine(_folder, "run");

    /// <summary>The store as skopeo names it.</summary>
    public string Transport => $"containers-storage:[overlay@{Root}+{RunRoot}]";

    public static async Task<PulledStore> OpenAsync()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        var missing = Tool.FirstMissing("docker-registry", "skopeo", "umoci", "podman");
        Skip.If(missing is not null, $"needs {missing}");
        var folder = Directory.CreateTempSubdirectory("ocid-images-").FullName;
        var options = new StoreOptions { Root = Path.Combine(folder, "root"), RunRoot = Path.Combine(folder, "run"), Durability = Durability.None };
        return new PulledStore(folder, await Store.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None));
    }

    public Task<PulledImage> PullAsync(string reference, IProgress<PullProgress>? progress = null, CancellationToken ct = default) =>
        Puller.PullAsync(ImageReference.Parse(reference), new PullOptions { TlsVerify = false }, progress, ct);

    /// <summary>As a user asks for it: a short name is one, and whether to check certificates is for registries.conf to say.</summary>
    public Task<PulledImage> PullNamedAsync(string name, RegistryCredentials? credentials = null) =>
        Puller.PullAsync(name, new PullOptions { Credentials = credentials }, null, CancellationToken.None);

    /// <summary>Writes a configuration file.</summary>
    public async Task WriteAsync(string name, string content)
    {
        var path = Path.Combine(Etc, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
    }

    public Task<string> PodmanAsync(params string[] arguments) =>
        Tool.RunAsync("podman", ["--root", Root, "--runroot", RunRoot, "--storage-driver", "overlay", .. arguments]);

    /// <summary>Lets podman make an image of one layer, which it leaves uncompressed; gives its id.</summary>
    public async Task<string> ImportAsync(string name)
    {
        var content = Directory.CreateDirectory(Path.Combine(_folder, "content")).FullName;
        await File.WriteAllTextAsync(Path.Combine(content, "hello"), name);
        var archive = Path.Combine(_folder, "content.tar");
        await Tool.RunAsync("tar", "-C", content, "-cf", archive, ".");
        return (await PodmanAsync("import", "--quiet", archive, name)).Trim().Replace("sha256:", "", StringComparison.Ordinal);
    }

    /// <summary>Nothing is staged and nothing is recorded.</summary>
    public void ShouldBeEmpty()
    {
        Store.Images.Should().BeEmpty();
        Store.Layers.Should().BeEmpty();
        Directory.GetDirectories(Path.Combine(Root, "overlay/tempdirs")).Should().BeEmpty();
    }

    /// <summary>The same store as the next process would open it.</summary>
    public async Task<PulledStore> ReopenAsync(TimeSpan keepStaged)
    {
        var options = new StoreOptions { Root = Root, RunRoot = RunRoot, Durability = Durability.None, KeepStaged = keepStaged };
        return new PulledStore(_folder, await Ocid.Storage.Store.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None)) { _isReopened = true };
    }

    /// <summary>Waits for the puller to clean up; then nothing must be left of what it staged.</summary>
    public async Task ShouldHaveNothingStagedAsync()
    {
        await Puller.DisposeAsync();
        Directory.GetFileSystemEntries(Path.Combine(Root, "overlay/tempdirs")).Should().BeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await Puller.DisposeAsync();
        Registries.Dispose();
        await Store.DisposeAsync();
        if (_isReopened)
            return;
        await Tool.TryRunAsync(null, "umount", Path.Combine(Root, "overlay"));
        await Tool.RunAsync("rm", "-rf", _folder);
    }
}
