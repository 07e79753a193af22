using Ocid.Testing;

namespace Ocid.Daemon.Tests.Sharing;

internal sealed class PodmanOnStore(CommonStore store, Func<string[], Task<ToolResult>> podman) : StoreProgram(store)
{
    public override async Task<WrittenImage> WriteAsync(string source)
    {
        await RunAsync("pull", "--quiet", "--tls-verify=false", source);
        return new WrittenImage(source, SourceImage.Tree(source));
    }

    public override async Task<string> ListAsync() => (await RunAsync("images", "--no-trunc", "--format", "{{.Repository}}:{{.Tag}} {{.ID}}")).Replace("sha256:", "", StringComparison.Ordinal);

    public override async Task<IReadOnlyList<string>> InspectAsync(string name) =>
        [.. Json(await RunAsync("inspect", "--type", "image", "--format", "{{json .RootFS.Layers}}", name)).EnumerateArray().Select(id => id.GetString()!)];

    public override async Task MountAsync(string name, Func<string, Task> look)
    {
        await look(await RunAsync("image", "mount", name));
        await RunAsync("image", "unmount", name);
    }

    public override Task PushAsync(string name, string destination) => RunAsync("push", "--quiet", "--tls-verify=false", name, $"docker://{destination}");

    public override Task RemoveAsync(string name) => RunAsync("rmi", name);

    private async Task<string> RunAsync(params string[] arguments) => CommonStore.Want(await podman(arguments));
}
