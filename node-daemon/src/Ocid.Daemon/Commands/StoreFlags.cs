using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary>The flags of verbs that open the store, named as podman names them.</summary>
internal static class StoreFlags
{
    public static (Option<string?> Option, string Key)[] Create() =>
    [
        (new("--root") { Description = "The store's directory (storage.root)", HelpName = "PATH" }, "storage.root"),
        (new("--runroot") { Description = "The store's state that a reboot may take (storage.runroot)", HelpName = "PATH" }, "storage.runroot"),
        (new("--storage-driver") { Description = "The storage driver: overlay or vfs (storage.driver)", HelpName = "NAME" }, "storage.driver"),
    ];
}
