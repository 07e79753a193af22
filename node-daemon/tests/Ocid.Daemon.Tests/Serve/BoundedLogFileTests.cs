using System.Text;
using Ocid.Daemon.Serve;

namespace Ocid.Daemon.Tests.Serve;

public sealed class BoundedLogFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private string Log => _folder.At("daemon.log");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_log_is_begun_anew_and_the_former_kept()
    {
        using var log = new BoundedLogFile(Log, limit: 100);
        for (var line = 0; line < 50; line++)
            log.Write(Encoding.UTF8.GetBytes($"line {line,4}\n"));

        File.ReadAllLines(Log)[^1].Should().Be("line   49");
        new FileInfo(Log).Length.Should().BeLessThanOrEqualTo(100);
        new FileInfo(Log + ".1").Length.Should().BeLessThanOrEqualTo(100);
        File.ReadAllLines(Log + ".1").Concat(File.ReadAllLines(Log)).Should().BeInAscendingOrder(StringComparer.Ordinal).And.HaveCountGreaterThan(10);
        Directory.GetFiles(Path.GetDirectoryName(Log)!).Should().HaveCount(2);
    }

    [Fact]
    public void What_others_append_goes_on_in_the_same_file()
    {
        using var log = new BoundedLogFile(Log, limit: 100);
        using var other = Ocid.Linux.AppendFile.Open(Log);
        for (var line = 0; line < 50; line++)
        {
            log.Write("ours\n"u8);
            other.Append("theirs\n"u8);
        }

        File.ReadAllLines(Log).Should().Contain("theirs").And.Contain("ours");
        File.ReadAllText(Log).Should().NotContain("\0");
        new FileInfo(Log).Length.Should().BeLessThanOrEqualTo(107);
    }

    [Fact]
    public void A_folder_that_is_gone_fails_nothing()
    {
        using var log = new BoundedLogFile(Log, limit: 10);
        File.Delete(Log);

        log.Write("it goes on\n"u8);
        log.Write("and on\n"u8);

        File.Exists(Log).Should().BeFalse();
    }
}
