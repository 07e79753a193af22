using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Storage.Archive;

namespace Ocid.Bench;

/// <summary>Our own pull, in this process as it would be in the daemon; data durable when it ends.</summary>
internal static class OcidPull
{
    public static async Task<Run> RunAsync(string folder, string reference, GzipEngine gzip)
    {
        var options = new StoreOptions { Root = Path.Combine(folder, "root"), RunRoot = Path.Combine(folder, "run") };
        await using var store = await Store.OpenAsync(options, NullLoggerFactory.Instance, CancellationToken.None);
        var roots = new ImageConfigurationRoots([folder]); // has none of the files
        using var registries = new ImageRegistries(new ImageRegistriesOptions { Roots = roots }, NullLoggerFactory.Instance);
        var policy = new SignaturePolicy(roots, folder, NullLoggerFactory.Instance);
        await using var puller = new ImagePuller(store, registries, policy, NullLoggerFactory.Instance) { Gzip = gzip };
        return await Run.MeasureAsync(() => puller.PullAsync(ImageReference.Parse(reference), new PullOptions { TlsVerify = false }, null, CancellationToken.None));
    }
}
