using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ocid.Cri;
using Ocid.Daemon.Configuration;
using Ocid.Images.Pulling;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;

namespace Ocid.Daemon.Serve;

/// <summary>Reads the configuration again when it is asked to, and puts what can change into force. One that is wrong changes nothing.</summary>
internal sealed partial class ConfigurationReload(ConfigurationSource source, LogThreshold threshold, ILogger<ConfigurationReload> logger)
{
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Asks for it; returns at once.</summary>
    public void Ask() => _asked.Writer.TryWrite(true);

    /// <summary>Does it whenever it is asked for, until the token ends it.</summary>
    public async Task FollowAsync(CriNode node, RuntimeHandlers handlers, CgroupHierarchies cgroups, ImageRegistries registries, ImagePuller puller, CancellationToken ct)
    {
        var before = source.First;
        try
        {
            await foreach (var _ in _asked.Reader.ReadAllAsync(ct).ConfigureAwait(false))
                before = await ReloadAsync(before, node, handlers, cgroups, registries, puller, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The way to end it.
        }
    }

    private async Task<LoadedConfiguration> ReloadAsync(
        LoadedConfiguration before, CriNode node, RuntimeHandlers handlers, CgroupHierarchies cgroups, ImageRegistries registries, ImagePuller puller, CancellationToken ct)
    {
        LoadedConfiguration? now = null;
        try
        {
            now = source.Load();
            var settings = NodeParts.Settings(now);
            var changed = Changed(before.Settings, now.Settings);
            if (changed.Exists(setting => Key(setting) == "images.insecure_registries"))
                registries.Change(now.Options.Images.InsecureRegistries);
            await handlers.ChangeAsync(now.Options.Runtime.DefaultHandler, NodeParts.Runtimes(now.Options.Runtime, cgroups), ct).ConfigureAwait(false);
            puller.ProgressTimeout = now.Options.Images.PullProgressTimeout;
            threshold.Level = now.Options.LogLevel;
            // Last: Status says then that all of it is in force.
            node.Change(settings);
            var (reloaded, waiting) = (Names(changed, KeyChange.Reload), Names(changed, KeyChange.Restart));
            LogReloaded(reloaded);
            if (changed.Exists(setting => KeyChanges.Of(setting) == KeyChange.Restart))
                LogNeedsRestart(waiting);
            return now;
        }
        catch (ConfigurationException wrong)
        {
            LogWrong(wrong.Message.ReplaceLineEndings("; "));
        }
        catch (OcidException wrong)
        {
            LogWrong(wrong.Message);
            if (now is not null)
                node.Refuse(new RefusedConfiguration(now.Digest, wrong.Message));
        }

        return before;
    }

    private static List<Setting> Changed(IReadOnlyList<Setting> before, IReadOnlyList<Setting> now)
    {
        var old = before.ToDictionary(Key, setting => setting.Value.ToString());
        var left = now.Select(Key).ToHashSet();
        return [.. now.Where(setting => old.GetValueOrDefault(Key(setting)) != setting.Value.ToString()), .. before.Where(setting => !left.Contains(Key(setting)))];
    }

    private static string Names(List<Setting> changed, KeyChange needs) =>
        string.Join(", ", changed.Where(setting => KeyChanges.Of(setting) == needs).Select(Key)) is { Length: > 0 } names ? names : "nothing";

    private static string Key(Setting setting) => setting.Table.Length == 0 ? setting.Name : $"{setting.Table}.{setting.Name}";

    [LoggerMessage(Level = LogLevel.Information, Message = "configuration read again; changed: {Keys}")]
    private partial void LogReloaded(string keys);

    [LoggerMessage(Level = LogLevel.Warning, Message = "configuration: a restart is needed for what changed in {Keys}")]
    private partial void LogNeedsRestart(string keys);

    [LoggerMessage(Level = LogLevel.Error, Message = "the configuration is wrong, what was in force stays: {Reason}")]
    private partial void LogWrong(string reason);
}
