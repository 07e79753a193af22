using System.Text;
using Microsoft.Extensions.Logging;

namespace Ocid.Daemon.Serve;

/// <summary>
/// The daemon's log, a line an entry, each with the priority that journald reads: <c>&lt;6&gt;category[0] message</c>.
/// The framework's own console logger does the same behind a thread and a container of services, which the start pays for.
/// </summary>
/// <remarks>https://www.freedesktop.org/software/systemd/man/latest/sd-daemon.html</remarks>
internal sealed class SystemdLog(Stream output, LogThreshold threshold) : ILoggerProvider
{
    private readonly Lock _gate = new();

    /// <summary>Loggers of this kind.</summary>
    public static ILoggerFactory CreateFactory(LogThreshold threshold, Stream output) =>
        new LoggerFactory([new SystemdLog(output, threshold)], new LoggerFilterOptions { MinLevel = LogLevel.Trace });

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => output.Dispose();

    private bool Lets(string category, LogLevel entry) => threshold.Lets(category, entry);

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line.ReplaceLineEndings(" ") + "\n");
        lock (_gate)
            output.Write(bytes);
    }

    private sealed class Category(SystemdLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => log.Lets(name, logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Write($"<{Priority(logLevel)}>{name}[{eventId.Id}] {formatter(state, exception)}{(exception is null ? "" : " " + exception)}");
        }

        private static char Priority(LogLevel level) => level switch
        {
            LogLevel.Critical => '2',
            LogLevel.Error => '3',
            LogLevel.Warning => '4',
            LogLevel.Information => '6',
            _ => '7',
        };
    }
}
