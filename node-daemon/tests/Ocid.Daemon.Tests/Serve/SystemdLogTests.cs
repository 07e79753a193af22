using System.Text;
using Microsoft.Extensions.Logging;
using Ocid.Daemon.Serve;

namespace Ocid.Daemon.Tests.Serve;

public sealed class SystemdLogTests
{
    [Fact]
    public void An_entry_is_one_line_with_the_priority_that_journald_reads()
    {
        using var output = new MemoryStream();
        using var loggers = SystemdLog.CreateFactory(new LogThreshold(LogLevel.Information), output);

        loggers.CreateLogger("Ocid.One").Log(LogLevel.Error, new EventId(7), "two\nlines", new IOException("gone"), (text, _) => text);
        loggers.CreateLogger("Ocid.One").Log(LogLevel.Debug, default, "too fine", null, (text, _) => text);
        loggers.CreateLogger("Microsoft.Web").Log(LogLevel.Information, default, "too chatty", null, (text, _) => text);
        loggers.CreateLogger("Microsoft.Web").Log(LogLevel.Warning, default, "heard", null, (text, _) => text);

        Encoding.UTF8.GetString(output.ToArray()).Should().Be("<3>Ocid.One[7] two lines System.IO.IOException: gone\n<4>Microsoft.Web[0] heard\n");
    }

    [Fact]
    public void A_level_that_changes_counts_for_loggers_that_are_there()
    {
        using var output = new MemoryStream();
        var threshold = new LogThreshold(LogLevel.Warning);
        using var loggers = SystemdLog.CreateFactory(threshold, output);
        var logger = loggers.CreateLogger("Ocid.One");

        logger.Log(LogLevel.Debug, default, "before", null, (text, _) => text);
        threshold.Level = LogLevel.Debug;
        logger.Log(LogLevel.Debug, default, "after", null, (text, _) => text);

        Encoding.UTF8.GetString(output.ToArray()).Should().Be("<7>Ocid.One[0] after\n");
    }
}
