using System.Diagnostics;
using Ocid.Testing;
using Xunit.Abstractions;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>kill -9 of the program at random instants. <c>OCID_STORE_KILLS</c> says how often; 20 times without.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "ocid.dll");

    [SkippableFact]
    public async Task A_store_is_clean_whenever_the_program_is_killed()
    {
        await using var store = new CommonStore();
        await using var registry = await LocalRegistry.StartAsync();
        var source = await registry.PushAsync(await TestImages.DebianAsync(), "debian");
        string[][] verbs = [["pull", source, "--tls-verify=false"], ["image", "mount", source], ["rmi", source]];
        var took = new List<TimeSpan>();
        foreach (var verb in verbs)
        {
            await PrepareAsync(store, source, present: verb[0] != "pull");
            took.Add(await RunAsync(store, TimeSpan.FromMinutes(2), verb) ?? throw new TimeoutException($"{verb[0]} does not end"));
        }

        var (random, rounds, killed) = (new Random(CommonStore.Seed), CommonStore.Rounds("OCID_STORE_KILLS", 20), 0);
        for (var round = 0; round < rounds; round++)
        {
            var verb = verbs[round % verbs.Length];
            var delay = took[round % verbs.Length] * random.NextDouble();
            await PrepareAsync(store, source, present: verb[0] != "pull");

            if (await RunAsync(store, delay, verb) is null)
                killed++;

            await store.ShouldBeCleanAsync($"{verb[0]} {verb[1]} killed after {delay.TotalMilliseconds:0} ms: ");
        }

        output.WriteLine($"{killed} of {rounds} had not come to their end");
        killed.Should().BePositive("some of them must not have come to their end");
        CommonStore.Want(await store.TryOcidAsync("pull", source, "--tls-verify=false"));
        await store.ShouldBeCleanAsync("after all: ");
    }

    private static async Task PrepareAsync(CommonStore store, string source, bool present)
    {
        await store.TryOcidAsync("image unmount", "--all");
        if (present)
            CommonStore.Want(await store.TryOcidAsync("pull", source, "--tls-verify=false"));
        else
            await store.TryOcidAsync("rmi", source);
    }

    // How long it took; null where it was killed.
    private static async Task<TimeSpan?> RunAsync(CommonStore store, TimeSpan limit, params string[] verb)
    {
        var started = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", [s_program, .. verb, "--root", store.Root, "--runroot", store.RunRoot])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var printed = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var ends = new CancellationTokenSource(limit);
        try
        {
            await process.WaitForExitAsync(ends.Token);
            return Stopwatch.GetElapsedTime(started);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            return null;
        }
        finally
        {
            await printed;
        }
    }
}
