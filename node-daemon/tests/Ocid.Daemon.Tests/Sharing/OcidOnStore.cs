namespace Ocid.Daemon.Tests.Sharing;

internal sealed class OcidOnStore(CommonStore store) : StoreProgram(store)
{
    public override async Task<WrittenImage> WriteAsync(string source)
    {
        CommonStore.Want(await Store.TryOcidAsync("pull", source, "--tls-verify=false"));
        return new WrittenImage(source, SourceImage.Tree(source));
    }

    public override async Task<string> ListAsync() => string.Join('\n', Json(CommonStore.Want(await Store.TryOcidAsync("images", "--output", "json"))).EnumerateArray()
        .SelectMany(image => image.GetProperty("repoTags").EnumerateArray().Select(name => $"{name.GetString()} {image.GetProperty("id").GetString()!.Replace("sha256:", "", StringComparison.Ordinal)}")));

    public override async Task<IReadOnlyList<string>> InspectAsync(string name) => DiffIds(Json(CommonStore.Want(await Store.TryOcidAsync("inspect", "--config", name))));

    public override async Task MountAsync(string name, Func<string, Task> look)
    {
        var path = CommonStore.Want(await Store.TryOcidAsync("image mount", name));
        await look(path);
        CommonStore.Want(await Store.TryOcidAsync("image unmount", path));
    }

    public override async Task PushAsync(string name, string destination) => CommonStore.Want(await Store.TryOcidAsync("push", "--tls-verify=false", name, destination));

    public override async Task RemoveAsync(string name) => CommonStore.Want(await Store.TryOcidAsync("image rm", name));
}
