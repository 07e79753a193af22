using Microsoft.Extensions.Logging;

namespace Ocid.Daemon.Serve;

/// <summary>From which level on entries are written; it may change at any time.</summary>
internal sealed class LogThreshold(LogLevel level)
{
    private volatile LogLevel _level = level;

    public LogLevel Level
    {
        get => _level;
        set => _level = value;
    }

    /// <summary>Whether an entry is written; the web framework's own from warnings on.</summary>
    public bool Lets(string category, LogLevel entry) =>
        entry != LogLevel.None && entry >= _level && (entry >= LogLevel.Warning || !category.StartsWith("Microsoft", StringComparison.Ordinal));
}
