namespace Ocid.Daemon.Tests.Sharing;

/// <summary>It writes by building: a layer of its own on the image of a registry.</summary>
internal sealed class BuildahOnStore(CommonStore store) : StoreProgram(store)
{
    public override async Task<WrittenImage> WriteAsync(string source)
    {
        var container = await RunAsync("from", "--tls-verify=false", source);
        var tree = await RunAsync("mount", container);
        var text = $"built on {source}";
        await File.WriteAllTextAsync(Path.Combine(tree, "etc/built"), text);
        File.Delete(Path.Combine(tree, "etc/link"));
        await RunAsync("umount", container);
        var name = $"localhost/built-{Guid.NewGuid():n}:1";
        await RunAsync("commit", "--quiet", "--rm", container, name);
        return new WrittenImage(name, new Dictionary<string, string?>(SourceImage.Tree(source)) { ["etc/built"] = text, ["etc/link"] = null });
    }

    // It aligns what a template prints.
    public override async Task<string> ListAsync() => string.Join('\n', (await RunAsync("images", "--no-trunc", "--format", "{{.Name}}:{{.Tag}} {{.ID}}")).Split('\n')
        .Select(line => string.Join(' ', line.Replace("sha256:", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    public override async Task<IReadOnlyList<string>> InspectAsync(string name) => DiffIds(Json(await RunAsync("inspect", "--type", "image", name)).GetProperty("OCIv1"));

    public override async Task MountAsync(string name, Func<string, Task> look)
    {
        var container = await RunAsync("from", "--pull-never", name);
        await look(await RunAsync("mount", container));
        await RunAsync("rm", container);
    }

    public override Task PushAsync(string name, string destination) => RunAsync("push", "--quiet", "--tls-verify=false", name, $"docker://{destination}");

    public override Task RemoveAsync(string name) => RunAsync("rmi", name);

    private async Task<string> RunAsync(params string[] arguments) => CommonStore.Want(await Store.TryBuildahAsync(arguments));
}
