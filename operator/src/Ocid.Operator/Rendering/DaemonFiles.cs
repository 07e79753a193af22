using System.Text;
using Ocid.Operator.Merging;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Operator.Rendering;

/// <summary>The daemon's own settings, in files by what a change of them costs.</summary>
internal static class DaemonFiles
{
    public static IEnumerable<RevisionContent> Of(EffectiveConfiguration configuration)
    {
        if (Reload(configuration) is { IsEmpty: false } reload)
            yield return File("10-reload.toml", reload, Disruption.Reload);
        yield return File("20-restart.toml", Restart(configuration), Disruption.Restart);
        if (Keys(configuration, Disruption.Drain) is { IsEmpty: false } storage)
            yield return File("30-storage.toml", storage, Disruption.Drain);
    }

    private static TomlTree Reload(EffectiveConfiguration configuration)
    {
        var tree = Keys(configuration, Disruption.Reload);
        foreach (var handler in configuration.Handlers.Where(handler => handler.Program is not null))
            tree.Set(["runtime", "handlers", handler.Name, "program"], new TomlString(handler.Program!));
        return tree;
    }

    private static TomlTree Restart(EffectiveConfiguration configuration)
    {
        var tree = Keys(configuration, Disruption.Restart);
        // Always the same: what is in these directories can change without a restart.
        tree.Set(["images", "config_dirs"], new TomlArray([new TomlString(DirectoryMark.Text), new TomlString("/etc/ocid"), new TomlString("/etc/containers")]));
        tree.Set(["images", "signature_policy_dir"], new TomlString($"{DirectoryMark.Text}/{PolicyFiles.NamespaceDirectory}"));
        return tree;
    }

    private static TomlTree Keys(EffectiveConfiguration configuration, Disruption needs)
    {
        var tree = new TomlTree();
        foreach (var key in DaemonKey.All.Where(key => key.Needs == needs && configuration.Values.ContainsKey(key.Field)))
            tree.Set(key.Path.Split('.'), key.Value(configuration.Values[key.Field]));
        return tree;
    }

    private static RevisionContent File(string path, TomlTree tree, Disruption needs) =>
        new(RevisionPath.Parse(path), Encoding.UTF8.GetBytes(tree.Write()), FileMode.Readable, needs);
}
