using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ocid.Linux;

namespace Ocid.Networking.Configuration;

/// <summary>Keeps the default network current while files come and go, those of the plugins included.</summary>
internal sealed partial class NetworkFollower : IAsyncDisposable
{
    private readonly NetworkSelector _selector;
    private readonly ILogger<NetworkFollower> _logger;
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly DirectoryChanges _directories;
    private readonly Task _loop;
    private volatile NetworkSelection _current;

    public NetworkFollower(NetworkSelector selector, IReadOnlyList<string> directories, ILogger<NetworkFollower> logger)
    {
        (_selector, _logger) = (selector, logger);
        _directories = DirectoryChanges.Follow(directories, () => _changes.Writer.TryWrite(true));
        _current = Select();
        LogSelected(_current.Reason);
        _loop = RunAsync();
    }

    public NetworkSelection Current => _current;

    public async ValueTask DisposeAsync()
    {
        _directories.Dispose();
        _changes.Writer.Complete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (var _ in _changes.Reader.ReadAllAsync())
        {
            var next = Select();
            if (next.Reason != _current.Reason)
                LogSelected(next.Reason);
            _current = next;
        }
    }

    // Whatever is wrong with the directory becomes the reason, and the next change is looked at again.
    private NetworkSelection Select()
    {
        try
        {
            return _selector.Select();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new NetworkSelection(null, $"network configuration: {e.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "pod network: {Selection}")]
    private partial void LogSelected(string selection);
}
