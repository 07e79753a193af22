using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Ocid.Storage.Tests.Sharing;

/// <summary>What is logged at Information and above, a line at a time.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public Task<string> NextAsync() => _lines.Reader.ReadAsync(SharedStore.Soon).AsTask();

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _ = IsEnabled(logLevel) && _lines.Writer.TryWrite(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
