using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>It neither lists a store's images nor mounts them.</summary>
internal sealed class SkopeoOnStore(CommonStore store, Func<string[], Task<ToolResult>> skopeo) : StoreProgram(store)
{
    public override async Task<WrittenImage> WriteAsync(string source)
    {
        await RunAsync("copy", "--quiet", "--src-tls-verify=false", $"docker://{source}", Store.Stored(source));
        return new WrittenImage(source, SourceImage.Tree(source));
    }

    public override async Task<IReadOnlyList<string>> InspectAsync(string name) => DiffIds(Json(await RunAsync("inspect", "--config", Store.Stored(name))));

    public override Task PushAsync(string name, string destination) => RunAsync("copy", "--quiet", "--dest-tls-verify=false", Store.Stored(name), $"docker://{destination}");

    public override Task RemoveAsync(string name) => RunAsync("delete", Store.Stored(name));

    private async Task<string> RunAsync(params string[] arguments) => CommonStore.Want(await skopeo(arguments));
}
