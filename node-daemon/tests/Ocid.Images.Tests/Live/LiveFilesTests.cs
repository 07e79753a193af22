using System.Text;
using Ocid.Images.Live;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Live;

public sealed class LiveFilesTests : IDisposable
{
    // Longer than a tick of the kernel's clock, within which a change may look like none.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(60);

    private readonly TemporaryFolder _folder = new();
    private int _readings;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_change_is_seen_on_the_next_use()
    {
        _folder.Write("file", "one");
        var live = Live();
        live.Current.Should().Be("one");

        _folder.Write("file", "two");

        live.Current.Should().Be("two");
    }

    [Fact]
    public void Changes_faster_than_the_clock_ticks_are_seen()
    {
        var live = Live();
        for (var i = 0; i < 200; i++)
        {
            _folder.Write("file", $"{i:000}");
            live.Current.Should().Be($"{i:000}");
        }
    }

    [Fact]
    public async Task While_nothing_changes_nothing_is_read()
    {
        _folder.Write("file", "one");
        var live = Live();
        await Task.Delay(Settling);
        _ = live.Current;
        var before = _readings;

        _ = live.Current;
        _ = live.Current;

        _readings.Should().Be(before);
    }

    [Fact]
    public void A_file_that_comes_or_goes_is_seen()
    {
        var live = Live();
        live.Current.Should().Be("(absent)");

        _folder.Write("file", "here");
        live.Current.Should().Be("here");

        File.Delete(_folder.At("file"));
        live.Current.Should().Be("(absent)");
    }

    [Fact]
    public void A_drop_in_that_comes_is_seen()
    {
        _folder.Write("file.d/a.conf", "a");
        var live = new LiveFiles<string>(files => string.Concat(files.List(_folder.At("file.d"), ".conf").Select(Path.GetFileName)));
        live.Current.Should().Be("a.conf");

        _folder.Write("file.d/b.conf", "b");
        _folder.Write("file.d/ignored.txt", "");

        live.Current.Should().Be("a.confb.conf");
    }

    [Fact]
    public void A_wrong_change_leaves_what_was_and_is_told_once()
    {
        var told = new List<string>();
        _folder.Write("file", "good");
        var live = Live(failure => told.Add(failure.Message));
        _ = live.Current;

        _folder.Write("file", "wrong");
        live.Current.Should().Be("good");
        live.Current.Should().Be("good");
        told.Should().Equal("file is wrong");

        _folder.Write("file", "better");
        live.Current.Should().Be("better");
    }

    [Fact]
    public void Without_that_mercy_it_throws_until_the_file_is_right()
    {
        _folder.Write("file", "good");
        var live = Live();
        _ = live.Current;

        _folder.Write("file", "wrong");
        live.Invoking(l => l.Current).Should().Throw<OcidException>().WithMessage("file is wrong");

        _folder.Write("file", "good");
        live.Current.Should().Be("good");
    }

    private LiveFiles<string> Live(Action<OcidException>? keptLast = null) => new(
        files =>
        {
            _readings++;
            var text = files.Read(_folder.At("file")) is { } content ? Encoding.UTF8.GetString(content) : "(absent)";
            return text == "wrong" ? throw new OcidException(ErrorKind.FailedPrecondition, "file is wrong") : text;
        },
        keptLast);
}
