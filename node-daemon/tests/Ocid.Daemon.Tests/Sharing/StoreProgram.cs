using System.Text.Json;

namespace Ocid.Daemon.Tests.Sharing;

/// <summary>A program that works on a store with others, by those of five verbs that it has; a theory's rows leave out the others.</summary>
internal abstract class StoreProgram(CommonStore store)
{
    protected CommonStore Store { get; } = store;

    /// <summary>Puts an image of a registry, or one made on it, into the store.</summary>
    public abstract Task<WrittenImage> WriteAsync(string source);

    /// <summary>A line for each name of an image: the name, a space, the id in hexadecimal.</summary>
    public virtual Task<string> ListAsync() => throw new NotSupportedException("it cannot list");

    /// <summary>The diff ids of the image's layers.</summary>
    public abstract Task<IReadOnlyList<string>> InspectAsync(string name);

    /// <summary>Mounts the image, looks at where it is, and unmounts it.</summary>
    public virtual Task MountAsync(string name, Func<string, Task> look) => throw new NotSupportedException("it cannot mount");

    public abstract Task PushAsync(string name, string destination);

    public abstract Task RemoveAsync(string name);

    /// <summary>Whether one of these five can be asked of it.</summary>
    public static bool Has(string program, string verb) => verb is not ("list" or "mount") || !program.StartsWith("skopeo", StringComparison.Ordinal);

    public static StoreProgram Of(string name, CommonStore store) => name switch
    {
        "ocid" => new OcidOnStore(store),
        "podman" => new PodmanOnStore(store, store.TryPodmanAsync),
        "podman of sid" => new PodmanOnStore(store, store.TryNewerPodmanAsync),
        "buildah" => new BuildahOnStore(store),
        "skopeo" => new SkopeoOnStore(store, CommonStore.TrySkopeoAsync),
        "skopeo of trixie" => new SkopeoOnStore(store, CommonStore.TryNewerSkopeoAsync),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such program"),
    };

    protected static IReadOnlyList<string> DiffIds(JsonElement configuration) =>
        [.. configuration.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => id.GetString()!)];

    protected static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
