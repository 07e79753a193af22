using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Runtime.Tests.Monitoring;

public sealed class MonitorClientTests
{
    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task A_container_is_logged_and_its_exit_status_told(string runtime)
    {
        Skip.IfNot(File.Exists(runtime), $"needs {runtime}");
        await using var monitor = await MonitorFixture.StartAsync();

        var container = await monitor.RunAsync("echo out; echo err >&2; printf rest; exit 3", runtime: runtime);
        var exit = await monitor.ExitOfAsync(container.Id);

        exit.Should().BeEquivalentTo(new { ExitCode = 3, Signal = (int?)null, StatusKnown = true });
        container.Messages().Should().Equal("out", "rest");
        container.Messages("stderr").Should().Equal("err");
        container.LogLines().Should().AllSatisfy(line =>
            line.Should().MatchRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z (stdout|stderr) [PF] "));
        container.LogLines().Should().ContainSingle(line => line.EndsWith(" P rest", StringComparison.Ordinal));
        ExitRecord.TryRead(container.StateDirectory).Should().Be(exit);
        (await monitor.Client.ListAsync(default)).Should().ContainSingle(one => one.Id == container.Id && one.Exit == exit);
        await monitor.Client.ForgetAsync(container.Id, default);
        (await monitor.Client.ListAsync(default)).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_signal_is_told()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("exec sleep 65");

        await container.VerbAsync("kill", "KILL");

        (await monitor.ExitOfAsync(container.Id)).Should().BeEquivalentTo(new { ExitCode = 137, Signal = 9, StatusKnown = true });
    }

    // Of a container that ends while its maker has not registered it yet.
    [SkippableFact]
    public async Task An_end_is_told_again_when_asked_for_and_none_before_there_is_one()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("read x; exit 3", stdin: true);
        monitor.Client.RepeatExit(container.Id);
        await monitor.Client.ListAsync(default);
        monitor.Client.Exits.TryRead(out _).Should().BeFalse();
        await monitor.Client.CloseInputAsync(container.Id, default);
        var exit = await monitor.ExitOfAsync(container.Id);

        monitor.Client.RepeatExit(container.Id);

        (await monitor.ExitOfAsync(container.Id)).Should().Be(exit);
        await monitor.Client.ForgetAsync(container.Id, default);
        monitor.Client.RepeatExit(container.Id);
        await monitor.Client.ListAsync(default);
        monitor.Client.Exits.TryRead(out _).Should().BeFalse();
    }

    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task A_failure_to_create_is_told_in_the_runtimes_words(string runtime)
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = monitor.Container("true", runtime: runtime);
        var config = Path.Combine(container.Launch.BundlePath, "config.json");
        await File.WriteAllTextAsync(config, (await File.ReadAllTextAsync(config)).Replace("/bin/sh", "/no/such", StringComparison.Ordinal));

        var failure = await FluentActions.Awaiting(() => monitor.Client.CreateAsync(container.Launch, default)).Should().ThrowAsync<OcidException>();

        failure.Which.Message.Should().StartWith($"{Path.GetFileName(runtime)} create: ").And.Contain("/no/such");
        (await monitor.Client.ListAsync(default)).Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData(TestContainer.Runc)]
    [InlineData(TestContainer.Crun)]
    public async Task A_terminal_is_logged_resized_and_written_to(string runtime)
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo ready; read line; stty size; echo got $line", terminal: true, runtime: runtime);
        await container.UntilLoggedAsync("ready\r");

        await monitor.Client.ResizeAsync(container.Id, 100, 40);
        using var input = await monitor.Client.OpenInputAsync(container.Id);
        Descriptor.TryWrite(input, "word\n"u8, out _);

        (await monitor.ExitOfAsync(container.Id)).ExitCode.Should().Be(0);
        container.Messages().Should().Equal("ready\r", "word\r", "40 100\r", "got word\r");
    }

    [SkippableFact]
    public async Task Input_is_open_until_it_is_closed()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("cat; echo end", stdin: true);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "typed\n"u8, out _);
        await container.UntilLoggedAsync("typed");

        await monitor.Client.CloseInputAsync(container.Id, default);

        await monitor.ExitOfAsync(container.Id);
        container.Messages().Should().Equal("typed", "end");
    }

    [SkippableFact]
    public async Task Those_who_attach_see_the_output_from_then_on()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo before; read x; printf after", stdin: true);
        await container.UntilLoggedAsync("before");

        using var output = await monitor.Client.SubscribeAsync(container.Id, error: false, default);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "go\n"u8, out _);
        await monitor.ExitOfAsync(container.Id);

        ReadAll(output).Should().Be("after");
    }

    [SkippableFact]
    public async Task Those_who_have_left_a_silent_container_are_forgotten()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("read x; printf after", stdin: true);
        (await monitor.Client.SubscribeAsync(container.Id, error: false, default)).Dispose();
        // Half of those that come and go: the process opens a few of its own meanwhile.
        var allowed = await SettledDescriptorsAsync(_ => true) + 10;

        for (var i = 0; i < 20; i++)
            (await monitor.Client.SubscribeAsync(container.Id, error: false, default)).Dispose();

        (await SettledDescriptorsAsync(count => count <= allowed)).Should().BeLessThanOrEqualTo(allowed);
        using var output = await monitor.Client.SubscribeAsync(container.Id, error: false, default);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "go\n"u8, out _);
        await monitor.ExitOfAsync(container.Id);
        ReadAll(output).Should().Be("after");

        // The monitor hears of it by its loop: as soon as it gets to it.
        async Task<int> SettledDescriptorsAsync(Func<int, bool> enough)
        {
            var count = int.MaxValue;
            for (var i = 0; i < 100 && (i < 5 || !enough(count)); i++)
            {
                await Task.Delay(50);
                count = Directory.GetFileSystemEntries($"/proc/{monitor.MonitorPid}/fd").Length;
            }

            return count;
        }
    }

    [SkippableFact]
    public async Task After_a_rename_the_log_goes_on_in_a_new_file()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var container = await monitor.RunAsync("echo one; read x; echo two", stdin: true);
        await container.UntilLoggedAsync("one");

        File.Move(container.LogPath, container.LogPath + ".1");
        await monitor.Client.ReopenLogAsync(container.Id, default);
        using (var input = await monitor.Client.OpenInputAsync(container.Id))
            Descriptor.TryWrite(input, "\n"u8, out _);
        await monitor.ExitOfAsync(container.Id);

        container.Messages().Should().Equal("two");
        (await File.ReadAllLinesAsync(container.LogPath + ".1")).Should().ContainSingle();
        File.Delete(container.LogPath);
        (await FluentActions.Awaiting(() => monitor.Client.ReopenLogAsync(container.Id, default)).Should().ThrowAsync<OcidException>())
            .Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        File.Exists(container.LogPath).Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_log_whose_disk_stalls_does_not_stop_another()
    {
        await using var monitor = await MonitorFixture.StartAsync();
        var stalled = Enumerable.Range(0, 3).Select(_ => monitor.Container("while true; do echo 0123456789012345678901234567890123456789; done")).ToList();
        var readers = new List<FileStream>();
        foreach (var container in stalled)
        {
            await Command.RunAsync(new CommandSpec { Program = "/usr/bin/mkfifo", Arguments = [container.LogPath] }, default);
            readers.Add(new FileStream(container.LogPath, FileMode.Open, FileAccess.ReadWrite)); // nobody reads it
            await monitor.Client.CreateAsync(container.Launch, default);
            await container.StartAsync();
        }

        await Task.Delay(300);
        var healthy = await monitor.RunAsync("seq 1 2000");

        (await monitor.ExitOfAsync(healthy.Id)).ExitCode.Should().Be(0);
        healthy.Messages().Should().Equal(Enumerable.Range(1, 2000).Select(i => $"{i}"));
        readers.ForEach(reader => reader.Dispose());
    }

    private static string ReadAll(FileDescriptor reader)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new byte[4096];
        while (Descriptor.TryRead(reader, buffer, out var count) && count > 0)
            text.Append(System.Text.Encoding.UTF8.GetString(buffer, 0, count));
        return text.ToString();
    }
}
