using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>
/// What containers/storage's own file says about the store. The file is shared with other tools, so that keys which are
/// not ours are not errors.
/// </summary>
/// <remarks>https://github.com/containers/storage/blob/main/docs/containers-storage.conf.5.md</remarks>
internal static class StorageConf
{
    public static void AddTo(Mentions mentions, string file, TomlTable document, List<string> errors)
    {
        try
        {
            if (document.Table("storage") is not { } storage)
                return;

            AddText(mentions, file, storage, "driver", "storage.driver");
            AddText(mentions, file, storage, "graphroot", "storage.root");
            AddText(mentions, file, storage, "runroot", "storage.runroot");
            AddText(mentions, file, storage, "imagestore", "storage.image_store");
            if (storage.Table("options")?["additionalimagestores"] is { } stores)
                Add(mentions, file, "storage.additional_image_stores", stores);
            AddMountOptions(mentions, file, storage);
        }
        catch (TomlException failure)
        {
            errors.Add($"{file}:{failure.Message}");
        }
    }

    private static void AddText(Mentions mentions, string file, TomlTable storage, string name, string key)
    {
        if (storage.String(name) is { Length: > 0 })
            Add(mentions, file, key, storage[name]!);
    }

    // The driver's own table beats the general one, as it does for the other tools.
    private static void AddMountOptions(Mentions mentions, string file, TomlTable storage)
    {
        var options = storage.Table("options");
        var own = options?.Table(storage.String("driver") is { Length: > 0 } driver ? driver : "overlay");
        var holder = own?.String("mountopt") is { Length: > 0 } ? own : options;
        if (holder?.String("mountopt") is not { Length: > 0 } text)
            return;

        var position = holder["mountopt"]!.Position;
        var items = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Add(mentions, file, "storage.mount_options", new TomlArray([.. items.Select(item => new TomlString(item, position))], position));
    }

    private static void Add(Mentions mentions, string file, string key, TomlValue value) => mentions.Add(key, value, new Origin(file, value.Position));
}
