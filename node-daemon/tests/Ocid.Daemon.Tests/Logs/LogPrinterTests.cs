using System.Text;
using Ocid.Daemon.Logs;

namespace Ocid.Daemon.Tests.Logs;

public sealed class LogPrinterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Streams_are_kept_apart_and_split_lines_joined()
    {
        await PrintAsync("2026-01-01T00:00:00.1Z stdout P on\n2026-01-01T00:00:00.2Z stderr F two \n2026-01-01T00:00:00.3Z stdout F e\n2026-01-01T00:00:00.4Z stdout F \n");

        Text(_output).Should().Be("one\n\n");
        Text(_error).Should().Be("two \n");
    }

    [Fact]
    public async Task Time_stamps_stand_once_before_each_joined_line()
    {
        await PrintAsync("T1 stdout P a\nT2 stdout F b\nT3 stdout F c\n", timestamps: true);

        Text(_output).Should().Be("T1 ab\nT3 c\n");
    }

    [Fact]
    public async Task A_line_of_another_format_is_named_and_skipped()
    {
        await PrintAsync("nonsense\nT stdout F a\n");

        Text(_output).Should().Be("a\n");
        Text(_error).Should().Contain("not in the log format");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "c\n")]
    [InlineData(2, "b\nc\n")]
    [InlineData(9, "a\nb\nc\n")]
    public async Task A_tail_is_the_last_lines(long tail, string expected)
    {
        await PrintAsync("T stdout F a\nT stdout F b\nT stdout F c\n", tail: tail);

        Text(_output).Should().Be(expected);
    }

    [Fact]
    public async Task A_tail_of_a_long_file_is_found_from_its_end()
    {
        await PrintAsync(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"T stdout F line {i}\n")), tail: 10_001);

        Text(_output).Should().StartWith("line 9999\n").And.EndWith("line 19999\n");
    }

    [Fact]
    public async Task A_line_is_printed_once_it_is_whole_and_a_new_file_of_the_name_is_read_on()
    {
        var path = _directory.Write("0.log", "T stdout F a\nT stdo");
        using var changes = new LogChanges(path);
        using var file = new LogFile(path);
        var printer = new LogPrinter(_output, _error, false);
        await PrintNewAsync(file, printer);
        Text(_output).Should().Be("a\n");

        File.AppendAllText(path, "ut F b\n");
        (await changes.WaitAsync(TimeSpan.FromSeconds(60), default)).Changed.Should().BeTrue();
        await PrintNewAsync(file, printer);
        File.Move(path, path + ".1");
        File.WriteAllText(path, "T stdout F c\n");
        while (!(await changes.WaitAsync(TimeSpan.FromSeconds(60), default)).Rotated)
        {
        }

        file.Reopen();
        await PrintNewAsync(file, printer);
        Text(_output).Should().Be("a\nb\nc\n");
    }

    private async Task PrintAsync(string log, bool timestamps = false, long? tail = null)
    {
        using var file = new LogFile(_directory.Write("0.log", log));
        if (tail is { } lines)
            file.SkipToLast(lines);
        await PrintNewAsync(file, new LogPrinter(_output, _error, timestamps));
    }

    private static async Task PrintNewAsync(LogFile file, LogPrinter printer)
    {
        await foreach (var line in file.ReadNewAsync(default))
            await printer.PrintAsync(line, default);
    }

    private static string Text(MemoryStream stream) => Encoding.UTF8.GetString(stream.ToArray());
}
