using System.Globalization;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.HardDays;

public sealed class LogFloodTests(TestMachine machine, ITestOutputHelper output) : NodeTests(machine)
{
    private const int Rotations = 5;

    // Seconds of a busy test machine; OCID_HARD_LINES=20000000 shows what it takes for long.
    private static readonly int Lines = int.Parse(Environment.GetEnvironmentVariable("OCID_HARD_LINES") ?? "1000000", CultureInfo.InvariantCulture);

    [SkippableFact]
    public async Task A_million_lines_as_fast_as_they_come_are_all_logged_once_while_the_log_is_rotated_and_nothing_grows()
    {
        await using var node = await StartNodeAsync();
        var flood = PodRequests.Script("flood", Busybox, $"while [ ! -e /tmp/go ]; do usleep 10000; done; seq 1 {Lines}; echo the end; sleep 1000");
        var (pod, id) = await RunAsync(node, flood);
        var log = pod.Log(flood).Path;
        var before = Memory(node);
        await pod.ExecAsync(id, "touch", "/tmp/go");

        for (var i = 0; i < Rotations; i++)
        {
            await Eventually.IsTrueAsync("there is something to rotate", () => File.Exists(log) && new FileInfo(log).Length > 0);
            File.Move(log, $"{log}.{i}");
            await node.Runtime.ReopenContainerLogAsync(new ReopenContainerLogRequest { ContainerId = id });
        }

        await Eventually.IsTrueAsync("the flood is over", () => File.Exists(log) && LastLine(log).EndsWith("the end", StringComparison.Ordinal), TimeSpan.FromMinutes(5));
        var took = Time(LastLine(log)) - Time(File.ReadLines($"{log}.0").First());
        output.WriteLine($"{Lines} lines in {took.TotalSeconds:0.00} s, {Lines / took.TotalSeconds:0} a second; {(Memory(node) - before) / 1024.0 / 1024:0.0} MiB more in daemon and monitor; the log takes {Logged(log) / 1024 / 1024} MiB");
        var numbers = Enumerable.Range(0, Rotations).Select(i => $"{log}.{i}").Append(log).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', 4)[3]).Where(message => message != "the end").Select(int.Parse).ToList();
        numbers.Where((number, at) => number != at + 1).Take(3).Should().BeEmpty("no line is lost, doubled or out of order");
        numbers.Count.Should().Be(Lines);
        (Memory(node) - before).Should().BeLessThan(48L << 20, "a container that prints faster than its log is written is slowed");
        await node.StopAsync();
    }

    private static DateTimeOffset Time(string line) => DateTimeOffset.Parse(line.Split(' ', 2)[0], CultureInfo.InvariantCulture);

    private static long Logged(string log) => Directory.GetFiles(Path.GetDirectoryName(log)!).Sum(file => new FileInfo(file).Length);

    // Of daemon and monitor, resident.
    private static long Memory(TestNode node) => new[] { node.Daemon.Id, node.Monitor.Id }.Sum(id =>
        long.Parse(File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024);

    private static string LastLine(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(200, file.Length), SeekOrigin.End);
        return new StreamReader(file).ReadToEnd().TrimEnd('\n').Split('\n')[^1];
    }
}
