using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>Three programs at once on one store, each doing what it likes. <c>OCID_STORE_OPERATIONS</c> says how often; 50 times without.</summary>
public sealed class RandomOperationsTests
{
    private static readonly string[] s_names = ["localhost/a:1", "localhost/b:1", "localhost/c:1"];

    [SkippableFact]
    public async Task A_store_that_three_programs_change_at_once_stays_clean()
    {
        await using var store = new CommonStore();
        await using var registry = await LocalRegistry.StartAsync();
        var (source, other) = (await SourceImage.PushAsync(registry, store.Folder), await SourceImage.PushAsync(registry, store.Folder));
        CommonStore.Want(await store.TryOcidAsync("pull", source, "--tls-verify=false"));
        var rounds = CommonStore.Rounds("OCID_STORE_OPERATIONS", 50) / 3;

        var done = await Task.WhenAll(
            ManyAsync(rounds, new Random(CommonStore.Seed), random => OcidAsync(store, source, random)),
            ManyAsync(rounds, new Random(CommonStore.Seed + 1), random => PodmanAsync(store, source, random)),
            ManyAsync(rounds, new Random(CommonStore.Seed + 2), random => OthersAsync(store, other, random)));

        // What one removes the other looks for in vain: that is no fault, but not all can be so.
        done.Should().AllSatisfy(succeeded => succeeded.Should().BeGreaterThan(rounds / 4));
        await store.ShouldBeCleanAsync("");
        await store.ShouldBeCleanForTheNewerPodmanAsync();
        var ours = (await store.TryOcidAsync("images", "--output", "json")).Output;
        foreach (var id in CommonStore.Want(await store.TryPodmanAsync("images", "--all", "--quiet", "--no-trunc")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            ours.Should().Contain(id.Replace("sha256:", "", StringComparison.Ordinal));
    }

    private static async Task<int> ManyAsync(int rounds, Random random, Func<Random, Task<ToolResult>> one)
    {
        var succeeded = 0;
        for (var round = 0; round < rounds; round++)
        {
            if ((await one(random)).ExitCode == 0)
                succeeded++;
        }

        return succeeded;
    }

    private static string Any(Random random) => s_names[random.Next(s_names.Length)];

    private static async Task<ToolResult> OcidAsync(CommonStore store, string source, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                return await store.TryOcidAsync("pull", source, "--tls-verify=false");
            case 1:
                return await store.TryOcidAsync("rmi", Any(random));
            case 2:
                var mounted = await store.TryOcidAsync("image mount", source);
                return mounted.ExitCode == 0 ? await store.TryOcidAsync("image unmount", mounted.Output.Trim()) : mounted;
            default:
                return await store.TryOcidAsync("images");
        }
    }

    private static Task<ToolResult> PodmanAsync(CommonStore store, string source, Random random) => random.Next(5) switch
    {
        0 => store.TryPodmanAsync("tag", source, Any(random)),
        1 => store.TryPodmanAsync("rmi", Any(random)),
        2 => store.TryPodmanAsync("image", "mount", source),
        3 => store.TryPodmanAsync("image", "unmount", source),
        _ => store.TryPodmanAsync("images"),
    };

    private static async Task<ToolResult> OthersAsync(CommonStore store, string source, Random random)
    {
        switch (random.Next(3))
        {
            case 0:
                return await CommonStore.TrySkopeoAsync("copy", "--quiet", "--src-tls-verify=false", $"docker://{source}", store.Stored(Any(random)));
            case 1:
                return await CommonStore.TrySkopeoAsync("delete", store.Stored(Any(random)));
            default:
                var container = await store.TryBuildahAsync("from", "scratch");
                if (container.ExitCode != 0)
                    return container;
                await store.TryBuildahAsync("copy", "--quiet", container.Output.Trim(), store.Content($"{random.Next()}"), "/");
                return await store.TryBuildahAsync("commit", "--quiet", "--rm", container.Output.Trim(), Any(random));
        }
    }
}
