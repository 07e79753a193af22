using Ocid.E2E.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Tests;

/// <summary>A registry on loopback that holds the test images, shared by all tests.</summary>
public sealed class TestMachine : IAsyncLifetime
{
    private LocalRegistry? registry;

    /// <summary>Host and port.</summary>
    public string Registry => registry?.Host ?? "";

    public string Busybox { get; private set; } = "";

    public string Debian { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (NodeRequirements.Missing() is not null)
            return;
        registry = await LocalRegistry.StartAsync();
        Busybox = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        Debian = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "12", ImageFormat.V2S2);
    }

    public async Task DisposeAsync()
    {
        if (registry is not null)
            await registry.DisposeAsync();
    }
}
