namespace Ocid.E2E.Nodes;

/// <summary>The <c>ocid.toml</c> of a test node.</summary>
internal static class NodeConfiguration
{
    /// <summary>Files that hold no pod's state and stay for the next pod.</summary>
    private static readonly string[] Staying = [".lock", "/lock", "last_reserved_ip.0", "-lock"];

    public static string Write(NodeFolders folders, TestNodeOptions options) => $"""
        socket = "{folders.Socket}"
        {options.Configuration}
        """;

    public static Dictionary<string, string> Environment(NodeFolders folders) => new() { ["OCID_BOOT_ID_FILE"] = folders.BootId };

    public static bool MayStay(string file) => Staying.Any(end => file.EndsWith(end, StringComparison.Ordinal));
}
